import type { WriteAnswer, WriteRequest } from '../core/write.ts';

/** What the answer to a write says of the write. */
export type Heard =
  /** It is done, says the API. Reads will tell. */
  | 'accepted'
  /** It was so already, says the API: true only where reads agree. */
  | 'standing'
  /** It was not done, and what comes next would not be either: the rights or the request are wrong. */
  | 'refused'
  /** It was not done, for a reason that lies in this object alone. */
  | 'blocked'
  /** It was not done, since something that it speaks of has not reached the service yet. */
  | 'early'
  /** It may or may not be done. */
  | 'doubt';

/** Error codes and messages: source Microsoft Graph and Azure Role Assignments, as recorded in tests of the embedded tenant. */
const standing =
  /already exists|^RoleAssignmentExists$|^RoleAssignmentUpdateNotPermitted$|^Request_MultipleObjectsWithSameKeyValue$/i;
const early =
  /^PrincipalNotFound$|not a valid reference update|does not exist or one of its queried reference-property objects/i;

/** Judges by status, and where a status means several things, by code and message. */
export const judgeAnswer = ({ method }: WriteRequest, answer: WriteAnswer): Heard => {
  if (!answer.came) return 'doubt';
  const { status, code, message } = answer;
  const says = (pattern: RegExp): boolean => pattern.test(code) || pattern.test(message);
  if (status >= 200 && status <= 299) return 'accepted';
  if (status === 404) return method === 'DELETE' ? 'standing' : 'doubt';
  if ((status === 400 || status === 409) && says(standing)) return 'standing';
  if (status === 400 && says(early)) return 'early';
  if (status === 400 || status === 401 || status === 403) return 'refused';
  if (status === 409 && says(/^ScopeLocked$/)) return 'blocked';
  return 'doubt';
};

/** An answer in one line. */
export const tellAnswer = (answer: WriteAnswer): string => {
  if (!answer.came) return `no answer that makes sense came: ${answer.detail}`;
  const said = [answer.code, answer.message].filter((text) => text !== '').join(': ');
  return said === '' ? `the answer was ${answer.status}` : `the answer was ${answer.status}, ${said}`;
};
