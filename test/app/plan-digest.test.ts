import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf, hashOf } from '../../src/app/plan-digest.ts';
import { policyContent, type Step } from '../../src/core/plan.ts';
import { knowledgeVersion } from '../../src/knowledge/knowledge-version.ts';
import { policy } from '../support/policies.ts';
import { role, stepsOf } from '../support/write-steps.ts';

const steps = stepsOf(role('create', 'mail.read'));
const policies = [policyContent(policy().policy, [])];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Canonical JSON as a person would write it out: RFC 8785 sorts the names of an object's members. */
const stepText =
  '{"action":"create","after":{"condition":null,"key":"app-role-assignment/6f1c0f5e-0000-4000-8000-000000000001/00000003-0000-0000-c000-000000000000/mail.read","kind":"app-role-assignment"},"before":null,"id":"app-role-assignment/create/app-role-assignment/6f1c0f5e-0000-4000-8000-000000000001/00000003-0000-0000-c000-000000000000/mail.read","policy":"backup","target":{"assignmentId":null,"kind":"app-role-assignment","principal":"0d3b0f5e-0000-4000-8000-000000000002","resource":"0d3b0f5e-0000-4000-8000-0000000000aa","role":"mail.read"}}';
const policyText =
  '{"asks":[],"enforcement":"report","identities":["6f1c0f5e-0000-4000-8000-000000000001"],"name":"backup","state":"active"}';
const planText = `{"knowledge":"${knowledgeVersion}","policies":[${policyText}],"steps":[${stepText}],"tenant":"tenant","version":2}`;

describe('what is hashed', () => {
  it('of a plan is its canonical JSON, with the knowledge that it was made by', () => {
    expect(digestOf({ tenant: 'tenant', policies, steps }, (text) => text)).toBe(`sha256:${planText}`);
    expect(digestOf({ tenant: 'tenant', policies, steps }, sha256)).toBe(`sha256:${sha256(planText)}`);
  });

  it('of a step is its canonical JSON', () => {
    const [step] = steps as readonly [Step];
    expect(hashOf(step, (text) => text)).toBe(stepText);
    expect(hashOf(step, sha256)).toBe(sha256(stepText));
  });
});
