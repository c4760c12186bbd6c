import type { CommentPage } from './comment-page.ts';
import { clip } from './inert.ts';
import { code, join, link, type Markdown, md } from './markdown-text.ts';
import { sentence } from './sentence.ts';
import { isComplete, tellExit } from './tell-outcome.ts';
import { count } from './words.ts';

const commitId = /^[0-9a-f]{40,64}$/;

/** The last lines: what approving means, how the run ended, and where the rest is. */
export const commentFoot = (page: CommentPage): Markdown => {
  const { report } = page;
  const links = footLinks(page);
  const asOf = report.asOf.slice(0, 16).replace('T', ' ');
  return md`<sub>${approving(page)} ${sentence(tellExit(report, page.groups))} Judged as of ${asOf} UTC.${links.length === 0 ? '' : md` ${join(links, ' · ')}`}</sub>\n`;
};

/** Where the rest is. */
export const footLinks = ({ about }: CommentPage): readonly Markdown[] => [
  ...(about.runUrl === null ? [] : [link(md`run`, about.runUrl)]),
  ...(about.reportName === null ? [] : [md`whole report: artifact ${code(clip(about.reportName, 100))}`]),
  ...(about.ruleUrl === undefined ? [] : [link(md`rules`, about.ruleUrl('index'))]),
];

/** Exactly what an approval of this head stands for. */
const approving = ({ report, way }: CommentPage): Markdown => {
  const { steps, digest } = report.plan;
  if (report.source === 'offline') return md`The tenant was not read, so there is no plan to approve.`;
  if (report.diagnostics.length > 0 && steps.length === 0) return md`No plan was made.`;
  if (steps.length === 0)
    return isComplete(report)
      ? md`This merge writes nothing to the tenant.`
      : md`No step is planned where the tenant was not read.`;
  const head = way?.head ?? null;
  const what = head === null || !commitId.test(head) ? 'this' : md`this head (\`${head.slice(0, 8)}\`)`;
  return md`Approving ${what} approves exactly plan ${code(clip(digest, 100))}: ${count(steps.length, 'step')} and no other. If the tenant changes meanwhile, only steps of this plan may still run.`;
};
