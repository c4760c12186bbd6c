import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{CloudFileError,clouds,isMicrosoftCloud,readCloud}from"./chunk-3W2B6YZ4.js";import"./chunk-OZ6YHIVZ.js";import"./chunk-YZASLWB7.js";export{CloudFileError,clouds,isMicrosoftCloud,readCloud};
