import { describe, expect, test } from 'vitest';
import { judgeAnswer, tellAnswer } from '../../src/app/judge-answer.ts';
import type { WriteAnswer, WriteRequest } from '../../src/core/write.ts';
import { answered } from '../support/fake-truth.ts';

const request = (method: WriteRequest['method']): WriteRequest => ({ api: 'graph', method, path: '/', body: null });
const lost: WriteAnswer = { came: false, detail: 'socket hang up' };

const duplicate = 'Permission being assigned already exists on the object';
const unreplicated = "Resource '1' does not exist or one of its queried reference-property objects are not present.";

describe('what an answer says of its write', () => {
  const cases: readonly (readonly [method: WriteRequest['method'], answer: WriteAnswer, heard: string])[] = [
    ['POST', answered(201), 'accepted'],
    ['PUT', answered(200), 'accepted'],
    ['DELETE', answered(204), 'accepted'],
    ['PUT', answered(202), 'accepted'],
    ['DELETE', answered(404, 'Request_ResourceNotFound', unreplicated), 'standing'],
    ['POST', answered(400, 'Request_BadRequest', duplicate), 'standing'],
    ['POST', answered(400, 'Request_BadRequest', 'Permission entry already exists.'), 'standing'],
    ['POST', answered(409, 'Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.'), 'standing'],
    ['PUT', answered(409, 'RoleAssignmentExists', 'The role assignment already exists.'), 'standing'],
    ['PUT', answered(400, 'RoleAssignmentExists', ''), 'standing'],
    [
      'PUT',
      answered(400, 'RoleAssignmentUpdateNotPermitted', 'Tenant ID, … are not allowed to be updated.'),
      'standing',
    ],
    ['POST', answered(400, 'Request_BadRequest', 'Not a valid reference update.'), 'early'],
    ['POST', answered(400, 'Request_ResourceNotFound', unreplicated), 'early'],
    ['PUT', answered(400, 'PrincipalNotFound', 'Principal 1 does not exist in the directory 2.'), 'early'],
    ['POST', answered(400, 'Request_BadRequest', 'Permission being assigned was not found on application'), 'refused'],
    ['PUT', answered(400, 'RoleAssignmentLimitExceeded', ''), 'refused'],
    ['POST', answered(401, 'InvalidAuthenticationToken', ''), 'refused'],
    ['POST', answered(403, 'Authorization_RequestDenied', duplicate), 'refused'],
    ['DELETE', answered(409, 'ScopeLocked', 'The scope is locked'), 'blocked'],
    ['POST', answered(404, 'Directory_ObjectNotFound', 'a create can say so and be done'), 'doubt'],
    ['PATCH', answered(404), 'doubt'],
    ['PUT', answered(409, 'Conflict', 'another operation is in progress'), 'doubt'],
    ['POST', answered(408), 'doubt'],
    ['POST', answered(412), 'doubt'],
    ['POST', answered(429, 'TooManyRequests', ''), 'doubt'],
    ['DELETE', answered(500, 'InternalServerError', duplicate), 'doubt'],
    ['POST', answered(503), 'doubt'],
    ['POST', answered(504), 'doubt'],
    ['POST', answered(302), 'doubt'],
    ['POST', answered(100), 'doubt'],
    ['POST', lost, 'doubt'],
  ];
  test.each(cases)('%s %o: %s', (method, answer, heard) => {
    expect(judgeAnswer(request(method), answer)).toBe(heard);
  });
});

test('answers are told in one line', () => {
  expect(tellAnswer(answered(204))).toBe('the answer was 204');
  expect(tellAnswer(answered(403, 'Authorization_RequestDenied', 'Insufficient privileges'))).toBe(
    'the answer was 403, Authorization_RequestDenied: Insufficient privileges',
  );
  expect(tellAnswer(answered(429, 'TooManyRequests'))).toBe('the answer was 429, TooManyRequests');
  expect(tellAnswer(lost)).toBe('no answer that makes sense came: socket hang up');
});
