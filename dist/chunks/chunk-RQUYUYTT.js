import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{setFlagsFromString}from"node:v8";setFlagsFromString("--semi-space-growth-factor=1");setFlagsFromString("--heap-growing-percent=20");
