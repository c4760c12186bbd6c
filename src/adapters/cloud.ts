import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CallError } from '../core/call-error.ts';

/** Where one cloud's APIs are. All addresses are origins: scheme, host and port, no path. */
export interface Cloud {
  readonly name: string;
  /** Microsoft Entra sign-in. */
  readonly authority: string;
  readonly graph: string;
  readonly resourceManager: string;
  /** Scope asked for in tokens for ARM. */
  readonly resourceManagerScope: string;
  readonly graphScope: string;
  /** Audience of a federated credential. */
  readonly audience: string;
  /** PEM of the certificate authority to trust for these hosts, and only for them. */
  readonly ca: string | null;
}

const cloud = (name: string, authority: string, graph: string, resourceManager: string, audience: string): Cloud => ({
  name,
  authority,
  graph,
  resourceManager,
  graphScope: `${graph}/.default`,
  resourceManagerScope: `${resourceManager}/.default`,
  audience,
  ca: null,
});

/** Microsoft's clouds (source: national cloud deployments, Microsoft Graph). */
const clouds: readonly Cloud[] = [
  cloud(
    'public',
    'https://login.microsoftonline.com',
    'https://graph.microsoft.com',
    'https://management.azure.com',
    'api://AzureADTokenExchange',
  ),
  cloud(
    'usgov',
    'https://login.microsoftonline.us',
    'https://graph.microsoft.us',
    'https://management.usgovcloudapi.net',
    'api://AzureADTokenExchangeUSGov',
  ),
  cloud(
    'china',
    'https://login.chinacloudapi.cn',
    'https://microsoftgraph.chinacloudapi.cn',
    'https://management.chinacloudapi.cn',
    'api://AzureADTokenExchangeChina',
  ),
];

/** The cloud file is not one: said to the person who named it. */
export class CloudFileError extends CallError {}

const origin = (file: string, field: string, value: unknown): string => {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.protocol !== 'https:')
    throw new CloudFileError(`${file}: \`${field}\` must be an https address, as https://localhost:41001`);
  if (url.username !== '' || url.password !== '')
    throw new CloudFileError(`${file}: \`${field}\` must not hold a user name`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new CloudFileError(`${file}: \`${field}\` must be an address without a path, as ${url.origin}`);
  return url.origin;
};

/** Reads `--cloud`: the name of one of Microsoft's clouds, or a cloud file. Throws `CloudFileError`. */
export const readCloud = async (nameOrFile: string): Promise<Cloud> => {
  const known = clouds.find(({ name }) => name === nameOrFile);
  if (known !== undefined) return known;
  const text = await readFile(nameOrFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const names = clouds.map(({ name }) => name).join(', ');
    throw new CloudFileError(
      `\`${nameOrFile}\` is neither a cloud (${names}) nor a file that can be read (${error.code})`,
    );
  });
  const fields = parseFields(nameOrFile, text);
  const at = (field: string) => origin(nameOrFile, field, fields[field]);
  const textOf = (field: string) => optionalText(nameOrFile, field, fields[field]);
  const caFile = textOf('ca');
  const ca = caFile === null ? null : await readCa(nameOrFile, caFile);
  const name = textOf('name') ?? 'custom';
  const audience = textOf('audience') ?? 'api://AzureADTokenExchange';
  return { ...cloud(name, at('authority'), at('graph'), at('resourceManager'), audience), ca };
};

const parseFields = (file: string, text: string): Record<string, unknown> => {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Record<string, unknown>;
  } catch {
    throw new CloudFileError(
      `${file} is not JSON: a cloud file holds authority, graph, resourceManager, audience and ca`,
    );
  }
  throw new CloudFileError(`${file} is not a JSON object`);
};

const optionalText = (file: string, field: string, value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && value !== '') return value;
  throw new CloudFileError(`${file}: \`${field}\` must be a text`);
};

const readCa = async (file: string, named: string): Promise<string> => {
  const pem = await readFile(resolve(dirname(file), named), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CloudFileError(`${file}: the file that \`ca\` names can't be read (${error.code})`);
  });
  // Node ignores what is no certificate, and every request would then fail for want of trust.
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw new CloudFileError(`${file}: the file that \`ca\` names holds no certificate in PEM`);
  return pem;
};

/** Is this a cloud of Microsoft's own, whose sign-in metadata the libraries know? */
export const isMicrosoftCloud = (cloud: Cloud): boolean =>
  clouds.some(({ authority }) => authority === cloud.authority);
