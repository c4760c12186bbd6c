import type { Stranger } from './stranger.ts';

/** Longest part of a tenant's own name that a policy's name takes over. */
const partLimit = 40;

/** Words of a name in plain letters and digits, with hyphens: what is left of it is safe as a file name anywhere. */
const kebab = (text: string): string =>
  text
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, partLimit)
    .replace(/^-+|-+$/g, '');

/** Name of the policy that could speak of an identity, from what the tenant calls it and the start of its id. */
export const proposedName = ({ as, appId, objectId, displayName }: Stranger): string => {
  const id = as.type === 'app' && appId !== null ? appId : objectId;
  const short = id.replace(/[^0-9a-f]/g, '').slice(0, 8);
  return [kebab(displayName ?? '') || 'backup', short].filter((part) => part !== '').join('-');
};
