import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{SnapshotFileError,readSnapshot,writeSnapshot}from"./chunk-JUAHH3DS.js";import"./chunk-OZ6YHIVZ.js";import"./chunk-YZASLWB7.js";export{SnapshotFileError,readSnapshot,writeSnapshot};
