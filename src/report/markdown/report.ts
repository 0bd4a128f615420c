import { storyOf } from '../story.ts';
import type { ReportSource } from '../source.ts';
import { blocksOf, headText, type Block } from './blocks.ts';

type Room = { readonly most: number; readonly size: (text: string) => number };

/** The longest comment of a pull request, less a little for whoever adds a line of their own. */
const COMMENT: Room = { most: 64_000, size: (text) => text.length };

/** A run as a comment of a pull request: what has no room is left out, and said to be. */
export function markdownReport(source: ReportSource, room: Room = COMMENT): string {
  const story = storyOf(source);
  const mark = `<!-- refine-plan ${source.digest(source.run.started.plan.relative, 'hex').slice(0, 16)} -->`;
  const head = `${mark}\n${headText(story)}`;
  const blocks = blocksOf(story);
  const chosen = fitting(blocks, { ...room, most: room.most - room.size(head) - NOTE });
  const left = blocks.filter((block) => !chosen.has(block)).map(({ name }) => name);
  const note =
    left.length === 0 ? [] : [`Left out for want of room: ${listed(left)}. The HTML report has all of it.`];
  return `${[head, ...blocks.filter((block) => chosen.has(block)).map(({ text }) => text), ...note].join('\n\n')}\n`;
}

/** Room that is kept for the sentence that names what was left out. */
const NOTE = 1000;

/** The dearest blocks first, as long as they have room; which of them are shown, not in which order. */
function fitting(blocks: readonly Block[], { most, size }: Room): ReadonlySet<Block> {
  let room = most;
  const chosen = blocks
    .toSorted((a, b) => a.rank - b.rank)
    .filter(({ text }) => {
      const needed = size(text) + 2; // the blank line above it
      if (needed > room) return false;
      room -= needed;
      return true;
    });
  return new Set(chosen);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
