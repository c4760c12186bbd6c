import { withheldNow } from './apply-outcome.ts';
import { clip } from './inert.ts';
import { sentence } from './sentence.ts';
import { tellStep } from './tell-apply.ts';
import type { Page } from './text-page.ts';
import { leftOut } from './text-page.ts';
import { wrapText } from './wrap-text.ts';

/** How many changes that are left out a terminal is shown. */
const shown = 20;

/** What policies ask for and the plan leaves out: why, and what a person can do. */
export const withheldLines = ({ report, who, width, paint }: Page): readonly string[] => {
  const withheld = withheldNow(report);
  if (withheld.length === 0) return [];
  const title = wrapText(`Left out of the plan (${withheld.length})`, width);
  const rows = withheld
    .slice(0, shown)
    .flatMap(({ code, why, wayForward, change, policy }) => [
      ...wrapText(`${tellStep(change, '', who)} (${code}, ${clip(policy, 80)})`, width, '  - '),
      ...wrapText(sentence(clip(why, 600)), width, '      '),
      ...wrapText(sentence(clip(wayForward, 600)), width, '      → '),
    ]);
  const more = leftOut(withheld.length - shown, 'changes').flatMap((line) => wrapText(line, width, '  '));
  return [...title.map((line) => paint('bold', line)), ...rows, ...more, ''];
};
