import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var parseJson=text=>{try{return JSON.parse(text??"")}catch{return}};export{parseJson};
