import { request } from 'node:http';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { jobToken } from './github-rig.ts';

/** An answer of the embedded GitHub, body parsed. */
export interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

const repository = '/repos/contoso/backup-access';

/** Asks the embedded GitHub over plain HTTP, without the client that the program uses. `null`: no token. */
export const askGitHub = (
  server: GitHubServer,
  method: string,
  path: string,
  body?: unknown,
  token: string | null = jobToken,
): Promise<Asked> =>
  new Promise((resolve, reject) => {
    const target = new URL(server.apiUrl);
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    const sent = request(
      {
        host: '127.0.0.1',
        port: target.port,
        method,
        path: path.startsWith('/repos/') ? path : repository + path,
        headers,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const status = response.statusCode ?? 0;
          resolve({ status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
