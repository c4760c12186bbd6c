import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var lower=text=>text.toLowerCase(),appId=text=>lower(text),objectId=text=>lower(text),tenantId=text=>lower(text),roleId=text=>lower(text),armId=text=>text,identityId=text=>text;export{appId,objectId,tenantId,roleId,armId,identityId};
