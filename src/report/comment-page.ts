import { changedFact, type Drift } from '../core/change.ts';
import type { Place } from '../core/diagnostic.ts';
import type { Finding } from '../core/finding.ts';
import { isNowhere } from '../core/nowhere.ts';
import type { Report } from '../core/report.ts';
import { driftKey, type ThreeWay } from '../core/three-way.ts';
import { type FindingGroups, groupFindings } from './group-findings.ts';
import { clip, clipAll } from './inert.ts';
import { code, link, type Markdown, md } from './markdown-text.ts';
import { identityNames, nameId, shortId } from './name-things.ts';

/** Where a comment stands, and where it leads. */
export interface CommentAbout {
  /** Tells the comments of parallel jobs apart: 1 to 40 of `a-z`, `0-9` and `-`. */
  readonly tag: string;
  readonly runUrl: string | null;
  /** Name of the artifact with the whole report. */
  readonly reportName: string | null;
  /** `https://github.com/contoso/backup-policies`; `null`: lines are named, not linked. */
  readonly repositoryUrl: string | null;
  /** A file as the repository knows it, `null` outside of it; absent: files are named as the repository does. */
  readonly pathOf?: (file: string) => string | null;
  /** Page of a rule; absent: rules are named, not linked. */
  readonly ruleUrl?: (rule: string) => string;
}

/** What every part of the comment needs. */
export interface CommentPage {
  readonly report: Report;
  readonly about: CommentAbout;
  /** `null` where no base was compared. */
  readonly way: ThreeWay | null;
  readonly groups: FindingGroups;
  readonly who: (id: string) => string;
  /** Name without an id beside it. */
  readonly named: (id: string) => string;
  /** A line as `hubstor.yaml:21`, linked at the commit where it stands. */
  readonly line: (place: Place, side?: 'head' | 'base') => Markdown;
  /** Did the finding stand with the base branch's policies too? */
  readonly stoodBefore: (finding: Finding) => boolean;
  /** Was it brought by time alone, so that it is told and doesn't fail this pull request? */
  readonly isSpared: (finding: Finding) => boolean;
  readonly driftedBefore: (drift: Drift) => boolean;
  /** Where all of it can be read. */
  readonly whole: Markdown;
}

/** Longer than any key or path, so that what belongs together is still found; shorter than an attack. */
const textLimit = 8192;

const repository = /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)+$/;
const commitId = /^[0-9a-f]{40,64}$/;

/** Address of a line in the repository; `null` where the file lies outside of it or nothing says which commit is meant. */
const lineUrl = (base: string | null, commit: string | null, { file, line }: Place): string | null => {
  const path = file.replaceAll('\\', '/').replace(/^\.\//, '');
  const parts = path.split('/');
  if (base === null || commit === null || !repository.test(base) || !commitId.test(commit)) return null;
  if (path === '' || path.startsWith('/') || parts.includes('..') || !path.isWellFormed()) return null;
  const safe = parts.map((part) =>
    encodeURIComponent(part).replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  return `${base}/blob/${commit}/${safe.join('/')}#L${line}`;
};

/** The last part of a path, for people who know their folders. */
const lastPart = (file: string): string => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);

/** Reads a report once for all parts of the comment. */
export const commentPage = (unbounded: Report, about: CommentAbout): CommentPage => {
  const report = clipAll(unbounded, textLimit);
  const way = report.threeWay ?? null;
  const findingsBefore = new Set(way?.findingsBefore ?? []);
  const spared = new Set(way?.spared ?? []);
  const driftBefore = new Set(way?.driftBefore ?? []);
  const artifact = about.reportName === null ? md`the JSON report` : md`artifact ${code(clip(about.reportName, 100))}`;
  const whole = about.runUrl === null ? artifact : md`${artifact} of ${link(md`this run`, about.runUrl)}`;
  const who = identityNames(report.policies, shortId);
  const named = namesAlone(report);
  const isNamed = (id: string): boolean => who(id) !== nameId(id);
  return {
    report,
    about,
    way,
    groups: groupFindings(report.findings),
    who: (id) => (isNamed(id) ? who(id) : named(id)),
    named,
    line: (place, side = 'head') => {
      if (isNowhere(place)) return md`in no policy`;
      const file = about.pathOf === undefined ? place.file : about.pathOf(place.file);
      const commit = (side === 'head' ? way?.head : way?.base) ?? null;
      const url = file === null ? null : lineUrl(about.repositoryUrl, commit, { ...place, file });
      return link(code(clip(`${clip(lastPart(place.file), 80)}:${place.line}`, 100)), url);
    },
    stoodBefore: ({ fingerprint }) => findingsBefore.has(fingerprint),
    isSpared: ({ fingerprint }) => spared.has(fingerprint),
    driftedBefore: ({ change, policy }) => driftBefore.has(driftKey(policy, change.action, changedFact(change).key)),
    whole,
  };
};

/** An identity by its name; where no tenant told one, an app by its policy, anything else by what its id says. */
const namesAlone = ({ policies }: Report): ((id: string) => string) => {
  const names = new Map<string, string>();
  for (const { name, identities } of policies)
    for (const { id, displayName } of identities)
      if (displayName !== null) names.set(id.toLowerCase(), clip(displayName, 80));
      else if (!id.startsWith('/') && !names.has(id.toLowerCase()))
        names.set(id.toLowerCase(), `${clip(name, 80)} (${shortId(id)})`);
  return (id) => names.get(id.toLowerCase()) ?? clip(shortId(id), 80);
};
