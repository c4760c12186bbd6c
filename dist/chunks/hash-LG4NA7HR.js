import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{sha256}from"./chunk-3D5YIYF5.js";import"./chunk-YZASLWB7.js";export{sha256};
