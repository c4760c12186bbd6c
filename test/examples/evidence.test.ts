import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseEvidence } from '../../src/core/parse-evidence.ts';
import { readExample, repositoryPath } from './read-example.ts';

describe.each(['examples/contoso', 'examples/least-privilege'])('%s', (example) => {
  const { evidence, tenantId } = readExample(`${example}/tenant.yaml`);
  const folder = repositoryPath(`${example}/evidence`);

  test('keeps as evidence what the tenant’s commands would answer, each in a file of its name', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(evidence)
        .map((command) => `${command}.json`)
        .toSorted(),
    );
    for (const [command, result] of Object.entries(evidence)) {
      const file = `${folder}/${command}.json`;
      expect(parseEvidence(file, readFileSync(file, 'utf8'))).toEqual({
        ok: true,
        value: { command, tenantId, collectedAt: '2026-11-20T08:00:00Z', result, file },
      });
    }
  });
});
