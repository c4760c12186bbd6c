import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var BrokenRun=class extends Error{name="BrokenRun";constructor(cause){super("the program made a mistake while it wrote",{cause})}};export{BrokenRun};
