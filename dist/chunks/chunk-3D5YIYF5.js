import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import{createHash}from"node:crypto";var sha256=text=>createHash("sha256").update(text,"utf8").digest("hex");export{sha256};
