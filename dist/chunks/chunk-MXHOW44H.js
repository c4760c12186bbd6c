import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var stopOnSignals=process=>{let why=null;for(let signal of["SIGINT","SIGTERM"])process.on(signal,()=>{why??=`the run was told to end (${signal})`});return()=>why};export{stopOnSignals};
