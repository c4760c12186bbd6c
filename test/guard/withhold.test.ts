import { describe, expect, it } from 'vitest';
import { withhold } from '../../src/guard/withhold.ts';
import { appRole, azureRole, backupApp, group } from '../support/facts.ts';
import { gap, giving, guarded, guardWorld, taking } from '../support/guard-world.ts';
import { protects } from '../support/policies.ts';

const app = group('rg-app');
const mail = appRole('Mail.Read');

describe('guards together', () => {
  it('let through what nothing speaks against, in its order', () => {
    const wanted = [taking(mail), giving(azureRole('Reader', app)), giving(appRole('Files.Read.All'))];
    const { planned, withheld } = guarded(wanted);
    expect(planned.map(({ change }) => change)).toEqual(wanted);
    expect(withheld).toEqual([]);
  });

  it('have nothing to say of nothing', () => {
    expect(withhold([], guardWorld())).toEqual({ planned: [], withheld: [] });
  });

  it('keep back for every policy what they keep back for one', () => {
    const change = taking(mail);
    const wanted = ['a', 'b'].map((policy) => ({ change: { ...change }, policy }));
    const { planned, withheld } = withhold(
      wanted,
      guardWorld({ facts: [mail], policies: [{ protects: [protects('exchange-mail', {}, [])] }] }),
    );
    expect(planned).toEqual([]);
    expect(withheld.map(({ policy, code }) => [policy, code])).toEqual([
      ['a', 'last-access'],
      ['b', 'last-access'],
    ]);
  });

  it('tell one reason for each change, the gravest', () => {
    const settings = { neverGrant: ['Mail.Read'], untouchable: [backupApp] };
    const wanted = [giving(mail), taking(mail)];
    const codes = (more: Parameters<typeof guarded>[1]) => guarded(wanted, more).withheld.map(({ code }) => code);
    expect(codes({ settings, gaps: [gap('site-grant')] })).toEqual(['untouchable', 'untouchable']);
    expect(codes({ settings: { ...settings, untouchable: [] }, gaps: [gap('site-grant')] })).toEqual([
      'never-grant',
      'unread',
    ]);
  });

  it('lose nothing: what is not planned is withheld', () => {
    const wanted = [giving(azureRole('Owner', app)), giving(mail), taking(azureRole('Reader', app))];
    const { planned, withheld } = guarded(wanted);
    expect([...planned, ...withheld].map(({ change }) => change).toSorted()).toHaveLength(wanted.length);
  });
});
