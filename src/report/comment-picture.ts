import type { Reach } from '../core/effective.ts';
import { type AccessDifference, changesAccess } from './access-difference.ts';
import { asAccess, mergeDifferences } from './comment-access.ts';
import type { CommentPage } from './comment-page.ts';
import { groupReaches } from './group-reaches.ts';
import { clip } from './inert.ts';

/** More than this is no picture but a carpet. */
const nodeLimit = 40;
const edgeLimit = 80;
const labelLimit = 160;
/** Phrases of one box. */
const phrases = 4;

type State = 'kept' | 'gained' | 'lost';
const arrows: Readonly<Record<State, string>> = { kept: '-->', gained: '==>', lost: '-.->' };

interface Graph {
  readonly nodes: Map<
    string,
    { readonly id: string; readonly label: string; readonly shape: Shape; states: Set<State> }
  >;
  readonly edges: Map<string, { readonly from: string; readonly to: string; states: Set<State> }>;
}
type Shape = 'identity' | 'grant' | 'reach';
const shapes: Readonly<Record<Shape, readonly [string, string]>> = {
  identity: ['(["', '"])'],
  grant: ['["', '"]'],
  reach: ['("', '")'],
};

/** Words for a quoted label of Mermaid: letters, digits and a few signs, so that nothing in it is syntax, Markdown or HTML. */
const label = (text: string): string => {
  const safe = clip(text, labelLimit * 2)
    .replace(/[^\p{L}\p{M}\p{N} ,.()/_-]/gu, ' ')
    // Mermaid takes a label that starts like a list for Markdown that it can't draw.
    .replace(/^[\s.\-_]+|^(\d+)[.)]/, '$1 ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return clip(safe === '' ? 'unnamed' : safe, labelLimit);
};

/**
 * The identities that the merge changes, by which grants, and what they reach, as a Mermaid flowchart; in words where it
 * would be too large, empty where there is nothing to draw.
 */
export const accessPicture = (page: CommentPage): string => {
  const changed = mergeDifferences(page).filter(changesAccess);
  if (changed.length === 0) return '';
  const whole = graphOf(page, changed, true);
  const graph = fits(whole) ? whole : graphOf(page, changed, false);
  if (!fits(graph)) return `The picture is left out: it would have ${graph.nodes.size} boxes.\n\n`;
  const rest = graph === whole ? '' : ' What stays as it is is left out.';
  return `\`\`\`mermaid\n${draw(graph)}\n\`\`\`\n\nThick: new with this merge. Dashed: gone after it.${rest}\n\n`;
};

const fits = ({ nodes, edges }: Graph): boolean => nodes.size <= nodeLimit && edges.size <= edgeLimit;

const graphOf = (page: CommentPage, all: readonly AccessDifference[], withKept: boolean): Graph => {
  const graph: Graph = { nodes: new Map(), edges: new Map() };
  for (const { identity, gained, lost, moved, kept } of all) {
    const from = node(graph, 'identity', identity, page.named(identity), 'kept');
    const add = (reaches: readonly Reach[], state: State) => {
      const worth = reaches.filter(({ weight }) => weight !== 'slight');
      for (const { what, where, by } of groupReaches(asAccess(worth.length === 0 ? reaches : worth), 'full').reached) {
        const more = what.length > phrases ? ` and ${what.length - phrases} things more` : '';
        const words = `${what.slice(0, phrases).join(', ')}${more} ${where}`;
        const reach = node(graph, 'reach', words, words, state);
        for (const grant of by) {
          const middle = node(graph, 'grant', `${identity} ${grant}`, grant, state);
          edge(graph, from, middle, state);
          edge(graph, middle, reach, state);
        }
        if (by.length === 0) edge(graph, from, reach, state);
      }
    };
    if (withKept) add(kept, 'kept');
    add([...gained, ...moved.map(({ after }) => after)], 'gained');
    add([...lost, ...moved.map(({ before }) => before)], 'lost');
  }
  return graph;
};

const node = ({ nodes }: Graph, shape: Shape, key: string, text: string, state: State): string => {
  const known = nodes.get(`${shape} ${key}`);
  known?.states.add(state);
  if (known !== undefined) return known.id;
  const id = `n${nodes.size + 1}`;
  nodes.set(`${shape} ${key}`, { id, label: label(text), shape, states: new Set([state]) });
  return id;
};

const edge = ({ edges }: Graph, from: string, to: string, state: State): void => {
  const known = edges.get(`${from} ${to}`);
  if (known === undefined) edges.set(`${from} ${to}`, { from, to, states: new Set([state]) });
  else known.states.add(state);
};

/** What comes and goes alike, or is there on both sides, stays. */
const stateOf = (states: ReadonlySet<State>): State => {
  const [only] = states;
  return states.size === 1 && only !== undefined ? only : 'kept';
};

const draw = ({ nodes, edges }: Graph): string => {
  const boxes = [...nodes.values()].map(({ id, label: text, shape, states }) => {
    const state = stateOf(states);
    const mark = shape === 'identity' || state === 'kept' ? '' : `:::${state}`;
    return `  ${id}${shapes[shape][0]}${text}${shapes[shape][1]}${mark}`;
  });
  const lines = [...edges.values()].map(({ from, to, states }) => `  ${from} ${arrows[stateOf(states)]} ${to}`);
  return [
    'flowchart LR',
    ...boxes,
    ...lines,
    '  classDef gained stroke:#1a7f37,stroke-width:3px',
    '  classDef lost stroke:#cf222e,stroke-dasharray:5 4',
  ].join('\n');
};
