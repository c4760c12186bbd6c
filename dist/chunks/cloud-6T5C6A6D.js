import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{CloudFileError,clouds,isMicrosoftCloud,readCloud}from"./chunk-D5SGPKWG.js";import"./chunk-OZ6YHIVZ.js";import"./chunk-YZASLWB7.js";export{CloudFileError,clouds,isMicrosoftCloud,readCloud};
