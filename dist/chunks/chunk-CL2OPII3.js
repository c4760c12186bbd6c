import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{homePage,version}from"./chunk-WMNJJMDF.js";import{exitCodes}from"./chunk-LXGNGOHD.js";import{CallError}from"./chunk-OZ6YHIVZ.js";import{setFlagsFromString}from"node:v8";setFlagsFromString("--semi-space-growth-factor=1");setFlagsFromString("--heap-growing-percent=20");var describeError=error=>{if(error instanceof CallError)return{text:`error: ${error.message}
`,code:exitCodes.invalid};if(error instanceof Error&&"code"in error&&typeof error.code=="string"&&"path"in error)return{text:`error: ${String(error.path)} can't be used (${error.code})
`,code:exitCodes.invalid};let stack=error instanceof Error?error.stack??error.message:String(error);return{text:`this is a bug in backup-access-guard ${version}, nothing was changed; please report it at ${homePage}/issues with these lines:
${stack}
`,code:exitCodes.bug}};export{describeError};
