import type { Fact } from '../core/fact.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** Object ids of people, as facts hold them. */
const peopleIn = (fact: Fact): readonly (string | null)[] => {
  switch (fact.kind) {
    case 'service-principal':
      return fact.owners.filter(({ type }) => type === 'user').map(({ id }) => id);
    case 'delegated-grant':
      return fact.consents.map(({ principal }) => principal);
    case 'directory-audit':
      return fact.actor.type === 'user' ? [fact.actor.id] : [];
    case 'administrator':
      return [fact.objectId];
    case 'app-presence':
      return fact.what === 'user' ? [fact.subject] : [];
    default:
      return [];
  }
};

/** Fields that hold what a tenant calls its things and people. APIs and roles are Microsoft's and stay. */
const namesIn = (fact: Fact): readonly (string | null)[] => {
  const fields = new Map<string, unknown>(Object.entries(fact));
  const texts = ['displayName', 'userPrincipalName', 'title', 'name', 'policy'].map((field) => fields.get(field));
  const actor = fact.kind === 'directory-audit' ? [fact.actor.name] : [];
  return [...texts, ...actor].map((text) => (typeof text === 'string' && text !== '' ? text : null));
};

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Shaped as what it stands for, so that a reader of the file stumbles over nothing. */
const standIn = (text: string, number: number): string => {
  if (isGuid(text)) return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return text.includes('@') ? `person-${number}@redacted.example` : `redacted-${number}`;
};

/** What policies name themselves stays: whoever may see the policies knows it, and no check would find it again. */
const collect = ({ identities, facts, asked }: Snapshot): ReadonlyMap<string, string> => {
  const named = new Set(Object.values(asked).flat());
  const found = [
    ...identities.map(({ displayName }) => displayName),
    ...facts.flatMap((fact) => [...namesIn(fact), ...peopleIn(fact)]),
  ];
  const texts = [...new Set(found.flatMap((text) => text ?? []))].filter((text) => !named.has(text.toLowerCase()));
  return new Map(texts.filter((text) => text !== '').map((text, index) => [text, standIn(text, index + 1)]));
};

/** Ids and addresses of people stand in keys and subjects too, in any case; names are told only where they are the whole text. */
const replaceIn = (text: string, standIns: ReadonlyMap<string, string>): string => {
  const whole = standIns.get(text);
  if (whole !== undefined) return whole;
  let result = text;
  for (const [real, instead] of standIns)
    if ((isGuid(real) || real.includes('@')) && result.toLowerCase().includes(real.toLowerCase()))
      result = result.replaceAll(new RegExp(real.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), instead);
  return result;
};

const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
};

/**
 * The snapshot for strangers' eyes: display names and people are replaced, each by one stand-in throughout. Ids of apps,
 * roles and scopes stay, and what policies name, without which nothing could be checked; what APIs said of failures goes.
 */
export const redactSnapshot = (snapshot: Snapshot): Snapshot => {
  const standIns = collect(snapshot);
  const change = (text: string): string => replaceIn(text, standIns);
  return {
    ...snapshot,
    identities: mapTexts(snapshot.identities, change) as Snapshot['identities'],
    facts: mapTexts(snapshot.facts, change) as Snapshot['facts'],
    gaps: snapshot.gaps.map((gap) => ({ ...gap, detail: 'redacted' })),
  };
};
