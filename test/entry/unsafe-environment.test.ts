import { describe, expect, it } from 'vitest';
import { parseAction } from '../../src/action-inputs.ts';
import { UsageError } from '../../src/options.ts';
import { unsafeEnvironment } from '../../src/unsafe-environment.ts';

const code =
  '`NODE_OPTIONS` has other code loaded into this program, which writes to a tenant: take that out of the job';
const trust =
  '`NODE_TLS_REJECT_UNAUTHORIZED` says whom to believe to be Microsoft: take it out of the job, and trust a proxy by `NODE_EXTRA_CA_CERTS`';

describe('B23: an environment that an earlier step made unsafe', () => {
  const unsafe = [
    { environment: { NODE_OPTIONS: '--require ./x.js' }, says: code },
    { environment: { NODE_OPTIONS: '-r ./x.js' }, says: code },
    { environment: { NODE_OPTIONS: '--max-old-space-size=4096 --import=data:text/javascript,1' }, says: code },
    { environment: { NODE_OPTIONS: '--experimental-loader=./x.mjs' }, says: code },
    { environment: { NODE_OPTIONS: '"--loader" ./x.mjs' }, says: code },
    { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, says: trust },
  ];
  it.each(unsafe)('is told: $environment', ({ environment, says }) => {
    expect(unsafeEnvironment(environment)).toBe(says);
  });

  const safe = [
    {},
    { NODE_OPTIONS: '' },
    { NODE_OPTIONS: '--max-old-space-size=4096 --enable-source-maps' },
    { NODE_OPTIONS: '--import-nothing --title=-r' },
    { NODE_EXTRA_CA_CERTS: '/etc/ssl/proxy.pem', HTTPS_PROXY: 'http://proxy.contoso.example:8080' },
  ];
  it.each(safe)('is none: %o', (environment) => {
    expect(unsafeEnvironment(environment)).toBe(null);
  });

  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x',
    GITHUB_EVENT_NAME: 'push',
    ...unsafe[0]?.environment,
  };
  const parse = (mode: string) => {
    const inputs: Readonly<Record<string, string>> = { mode, 'client-id': 'c', 'tenant-id': 't' };
    return parseAction((name) => inputs[name] ?? '', environment, new Date());
  };
  it('keeps a job from writing, and from nothing else', () => {
    expect(() => parse('apply')).toThrow(new UsageError(code));
    expect(parse('check').mode).toBe('check');
  });
});
