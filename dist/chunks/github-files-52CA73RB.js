import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{createRepositoryFiles,readTree}from"./chunk-AQWCKNCL.js";import"./chunk-233X2AUI.js";import"./chunk-OJHZURAP.js";import"./chunk-WRITCLQN.js";import"./chunk-6DY7KO4Q.js";import"./chunk-SIMCI3TO.js";import"./chunk-YZASLWB7.js";export{createRepositoryFiles,readTree};
