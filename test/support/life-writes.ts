import type { JournalLine } from '../../src/core/journal.ts';
import type { WriteRequest } from '../../src/core/write.ts';
import type { RequestLogLine } from '../../src/emulator/request-log.ts';
import type { Held, Who } from './life-model.ts';
import { apps, type LifeTenant } from './life-tenant.ts';

/** One thing that a request asked for, and whether the tenant did it. */
export interface Written {
  readonly who: Who | null;
  /** `+atom`, or `-atom` with the object that held it. */
  readonly what: string;
  readonly isDone: boolean;
  /** What everybody held just before. */
  readonly before: ReadonlyMap<Who, readonly Held[]>;
  readonly at: number;
}

/** Requests as the journals announced them, run after run. */
export const intentsOf = (journals: readonly (readonly JournalLine[])[]): readonly WriteRequest[] =>
  journals.flatMap((lines) => lines.flatMap(({ entry }) => (entry.type === 'intent' ? entry.request : [])));

const whoHas = (principal: unknown): Who | null =>
  (Object.keys(apps) as Who[]).find((who) => apps[who].principal === principal) ?? null;

/** What the requests of a run meant, by what was held before: by the tenant's own log, and the bodies that were announced. */
export const readWrites = (
  log: readonly RequestLogLine[],
  intents: readonly WriteRequest[],
  start: ReadonlyMap<Who, readonly Held[]>,
  { names, lostHappens }: { readonly names: LifeTenant['names']; readonly lostHappens: boolean },
): readonly Written[] => {
  const held = new Map([...start].map(([who, list]) => [who, [...list]]));
  const ownerOf = (id: string): Who | null =>
    [...held].find(([, list]) => list.some((one) => one.id.toLowerCase() === id.toLowerCase()))?.[0] ?? null;
  const atomsOf = (who: Who | null, id: string): readonly Held[] =>
    who === null ? [] : (held.get(who) ?? []).filter((one) => one.id.toLowerCase() === id.toLowerCase());
  const written: Written[] = [];
  for (const [index, { method, path, status, at }] of log.entries()) {
    const body = (intents[index]?.body ?? {}) as Readonly<Record<string, unknown>>;
    const isDone = (status >= 200 && status < 300) || (status === 0 && lostHappens);
    const [route = ''] = path.split('?');
    const last = decodeURIComponent(route.split('/').at(-1) ?? '');
    const add = (who: Who | null, atom: string, id: string): void => {
      written.push({ who, what: `+${atom}`, isDone, before: copy(held), at: Date.parse(at) });
      if (isDone && who !== null) held.get(who)?.push({ atom, id });
    };
    const remove = (who: Who | null, gone: readonly Held[]): void => {
      for (const { atom, id } of gone) {
        written.push({ who, what: `-${atom} ${id}`, isDone, before: copy(held), at: Date.parse(at) });
        if (isDone && who !== null)
          held.set(
            who,
            (held.get(who) ?? []).filter((one) => one.atom !== atom || one.id !== id),
          );
      }
      if (gone.length === 0) written.push({ who, what: `-? ${last}`, isDone, before: copy(held), at: Date.parse(at) });
    };
    if (method === 'PUT') {
      const properties = body['properties'] as Readonly<Record<string, unknown>>;
      add(whoHas(properties['principalId']), `role:${names.azure(String(properties['roleDefinitionId']))}`, route);
    } else if (route.includes('/roleAssignments/')) remove(ownerOf(route), atomsOf(ownerOf(route), route));
    else if (route.endsWith('/appRoleAssignedTo'))
      add(whoHas(body['principalId']), `app:${names.role(String(body['appRoleId']))}`, 'new');
    else if (route.includes('/appRoleAssignedTo/')) remove(ownerOf(last), atomsOf(ownerOf(last), last));
    else {
      const scopes = String(body['scope'] ?? '')
        .split(' ')
        .filter((scope) => scope !== '')
        .map((scope) => `scope:${scope}`);
      const client = method === 'POST' ? whoHas(body['clientId']) : (ownerOf(last) ?? ownerOf('new grant'));
      const id = method === 'POST' ? 'new grant' : ownerOf(last) === null ? 'new grant' : last;
      const has = atomsOf(client, id);
      for (const atom of scopes) if (!has.some((one) => one.atom === atom)) add(client, atom, id);
      const gone = has.filter(({ atom }) => !scopes.includes(atom));
      if (gone.length > 0 || scopes.length === 0) remove(client, gone);
    }
  }
  return written;
};

const copy = (held: ReadonlyMap<Who, readonly Held[]>): ReadonlyMap<Who, readonly Held[]> =>
  new Map([...held].map(([who, list]) => [who, [...list]]));
