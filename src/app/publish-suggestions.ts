import type { ChangedFile, GitHubPort, PostedSuggestion, Suggestion } from '../core/github.ts';
import type { SuggestionCounts } from '../core/published.ts';
import type { PublishLog } from './publish.ts';

/** The suggestions that a run offers on a pull request. */
interface SuggestionsToPublish {
  readonly pull: number;
  readonly headSha: string;
  readonly author: string;
  readonly marker: string;
  readonly settled: boolean;
  readonly of: (changed: readonly ChangedFile[]) => readonly Suggestion[];
}

/** Posts what isn't there yet and takes back what is cured. What people wrote is never touched. */
export const publishSuggestions = async (
  port: GitHubPort,
  { pull, headSha, author, marker, settled, of }: SuggestionsToPublish,
  log: PublishLog,
): Promise<SuggestionCounts | null> => {
  const changed = await port.listChangedFiles(pull);
  const posted = changed.ok ? await port.listSuggestions(pull) : changed;
  if (!changed.ok || !posted.ok) {
    if (!posted.ok) log.fail('suggestions', posted.error);
    return null;
  }
  const wanted = of(changed.value);
  const own = posted.value.filter((one) => one.author === author && isMarked(one, marker));
  const kept = own.filter((one, at) => wanted.some((other) => isSame(one, other)) && isFirst(own, at));
  const fresh = wanted.filter((one) => !kept.some((other) => isSame(one, other)));
  const old = own.filter((one) => !kept.includes(one));
  // Where not everything was judged, only what is offered anew on the same lines is taken back.
  const gone = settled ? old : old.filter((one) => fresh.some((other) => isOn(one, other)));
  let takenBack = 0;
  for (const { id } of gone) {
    const answer = await port.deleteSuggestion(id);
    if (answer.ok || answer.error.reason === 'not-found') takenBack += 1;
    else {
      log.fail('suggestions', answer.error);
      break;
    }
  }
  return { posted: await post(port, { pull, headSha, fresh }, log), kept: kept.length, takenBack };
};

const post = async (
  port: GitHubPort,
  { pull, headSha, fresh }: { readonly pull: number; readonly headSha: string; readonly fresh: readonly Suggestion[] },
  log: PublishLog,
): Promise<number> => {
  if (fresh.length === 0) return 0;
  const review = await port.createReview(pull, headSha, fresh);
  if (!review.ok) {
    log.fail('suggestions', review.error);
    return 0;
  }
  const [first] = review.value.refused;
  if (first !== undefined) log.fail('suggestions', first.failure);
  return review.value.placed;
};

const text = (body: string): string => body.replace(/\r\n/g, '\n').trim();

/** Our marker opens the last line, where no text of others can stand. */
const isMarked = ({ body }: PostedSuggestion, marker: string): boolean =>
  text(body).split('\n').at(-1)?.startsWith(marker) === true;

const isOn = (a: Suggestion, b: Suggestion): boolean =>
  a.path === b.path && a.startLine === b.startLine && a.line === b.line;

const isSame = (a: Suggestion, b: Suggestion): boolean => isOn(a, b) && text(a.body) === text(b.body);

const isFirst = (all: readonly PostedSuggestion[], at: number): boolean =>
  all.findIndex((one) => all[at] !== undefined && isSame(one, all[at])) === at;
