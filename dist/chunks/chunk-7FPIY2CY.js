import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var chunk=(list,size)=>{let pieces=[];for(let start=0;start<list.length;start+=size)pieces.push(list.slice(start,start+size));return pieces};export{chunk};
