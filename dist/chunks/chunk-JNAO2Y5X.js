import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var nothingCompared={files:[],asked:[],stepsBefore:[],driftBefore:[],findingsBefore:[],spared:[],cured:[],leftAlone:[],accessAfter:[]},driftKey=(policy,action,factKey)=>`${policy} ${action} ${factKey}`;export{nothingCompared,driftKey};
