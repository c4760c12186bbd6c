import { type FaultWords, shown } from './fault.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const zero = '00000000-0000-0000-0000-000000000000';

export const isGuid = (text: string): boolean => guid.test(text);

// Full-width digits and letters, braces, `urn:uuid:` and white space are other spellings of the same id.
const plainGuid = (text: string): string =>
  text
    .slice(0, 100)
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replace(/^[{(]|[)}]$/g, '');

/** Why a text is no id of a directory object or app; `null` where it is one. `key` is where it stands. */
export const faultOfGuid = (text: string, key: string): FaultWords | null => {
  const plain = plainGuid(text);
  if (plain === zero) {
    return {
      code: 'zero-guid',
      message: `${shown(key)} is the GUID of zeros, which stands for nothing`,
      help: 'copy the id from the Microsoft Entra admin center',
    };
  }
  if (guid.test(text)) return null;
  if (guid.test(plain)) {
    return {
      code: 'guid-spelling',
      message: `${shown(text)} is not the one spelling of a GUID: lower case, without braces or prefix`,
      help: `write \`${plain}\``,
    };
  }
  if (/^[0-9a-f]{8}-[0-9a-f-]*(?:…|\.\.\.)/i.test(text.slice(0, 100))) {
    return { code: 'not-a-guid', message: `${shown(text)} is shortened`, help: 'write the whole GUID' };
  }
  return {
    code: 'not-a-guid',
    message: `${shown(text)} is not a GUID, which \`${key}\` takes`,
    help: 'copy the id from the Microsoft Entra admin center: a name never stands for an identity',
  };
};
