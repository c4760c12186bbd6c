import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{stopOnSignals}from"./chunk-MXHOW44H.js";import"./chunk-YZASLWB7.js";export{stopOnSignals};
