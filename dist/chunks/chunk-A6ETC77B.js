import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var nowhere={file:"",line:0,column:0,endLine:0,endColumn:0},isNowhere=({file})=>file==="";export{nowhere,isNowhere};
