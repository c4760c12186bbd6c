import { type FaultWords, shown } from './fault.ts';

const reaching = new Set(['__proto__', 'constructor', 'prototype']);

/** Two keys with one canonical form look alike: the program would see two where a reader sees one. */
export const canonicalKey = (key: string): string => key.normalize('NFKC').toLowerCase();

/** Words without quotes that YAML 1.1, which many tools still read, takes for a boolean, a date or a number. */
export const isReadOtherwise = (plain: string): boolean =>
  /^(?:y|n|yes|no|on|off)$/i.test(plain) ||
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].{0,40})?$/.test(plain) ||
  /^[-+]?[0-9]{1,20}(?:_[0-9_]{1,20}|:[0-5]?[0-9](?::[0-5]?[0-9])?)(?:\.[0-9]{0,20})?$/.test(plain) ||
  /^[-+]?0[bB][01_]{1,80}$/.test(plain);

/** What is wrong with the text of a key by itself, or `null`. */
export const faultOfKey = (key: string): FaultWords | null => {
  if (key === '<<') {
    return {
      code: 'merge-key-refused',
      message: 'the merge key `<<` is refused',
      help: 'write the keys out here',
    };
  }
  if (reaching.has(key)) {
    return { code: 'key-refused', message: `the key ${shown(key)} is refused`, help: 'nothing has this name: drop it' };
  }
  if (!/^[\x20-\x7e]*$/.test(key)) {
    return {
      code: 'key-not-ascii',
      message: `the key ${shown(key)} has characters beyond plain ASCII`,
      help: 'characters that look alike are told apart by nobody: name an API by its app id',
    };
  }
  return null;
};
