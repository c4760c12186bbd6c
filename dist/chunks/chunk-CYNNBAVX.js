import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var journalEntries=(lines,type)=>lines.flatMap(({entry})=>entry.type===type?entry:[]);export{journalEntries};
