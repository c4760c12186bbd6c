import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var hideTokens=text=>text.replace(/\beyJ[\w-]*(?:\.[\w-]*)*/g,"(token)");export{hideTokens};
