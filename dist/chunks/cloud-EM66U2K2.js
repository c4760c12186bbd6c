import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{CloudFileError,isMicrosoftCloud,readCloud}from"./chunk-OMG266SD.js";import"./chunk-OZ6YHIVZ.js";import"./chunk-YZASLWB7.js";export{CloudFileError,isMicrosoftCloud,readCloud};
