import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var version="0.1.0",homePage="https://github.com/backup-access-guard/backup-access-guard",ruleUri=id=>`${homePage}/blob/main/docs/rules/${id}.md`,scanUri=`${homePage}/blob/main/docs/scan.md`;export{version,homePage,ruleUri,scanUri};
