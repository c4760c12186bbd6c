import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var ok=value=>({ok:!0,value}),err=error=>({ok:!1,error});export{ok,err};
