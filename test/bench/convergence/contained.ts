import { diffArrays } from 'diff';
import type { Run } from '../../../src/core/run.ts';
import type { Written } from './world.ts';

/** The most blocks beside its own that the edits for one finding may change. */
const NEIGHBOURS = 3;

/**
 * What a fix changed outside of what its findings license, in words; empty where it kept to them. Reckoned from the bytes
 * alone, with another idea of a block than the program has: lines up to a blank one, a heading or the next list item.
 */
export function outsideOf({ before, after, applied, run }: Written): string[] {
  if (applied.reverted.length > 0) return []; // what is taken back may have spread since
  const changed = changedBlocks(before, after);
  const own = new Set(applied.findings.flatMap((id) => blocksOfFinding(id, run, before)));
  const foreign = [...changed].filter((block) => !own.has(block));
  const room = applied.findings.length * NEIGHBOURS;
  const found = [
    ...(foreign.length > room
      ? [`${foreign.length} blocks changed that no finding is about; ${room} may be`]
      : []),
    ...PROTECTED.filter((line) => linesWith(before, line) > linesWith(after, line)).map(
      (line) => `lost: ${line}`,
    ),
  ];
  return found.map((what) => `round ${applied.round}, for ${applied.findings.join(' ')}: ${what}`);
}

/** Beginnings of lines that no fix may touch: the title, and what is marked as load-bearing. */
const PROTECTED = [
  '# Move the ',
  '**Load-bearing:** the header `X-Tenant` and the error code `tenant_moved`',
];

function linesWith(text: string, beginning: string): number {
  return text.split('\n').filter((line) => line.startsWith(beginning)).length;
}

/** For each line of a text, the number of the block it stands in. */
function blockNumbers(lines: readonly string[]): number[] {
  let block = 0;
  let isOpen = false;
  return lines.map((line) => {
    const isText = line.trim() !== '' && !line.startsWith('#');
    if (!isText || !isOpen || /^\s*(?:[-*]|\d+\.)\s/.test(line)) block += 1;
    isOpen = isText;
    return block;
  });
}

/** The blocks of the text before in which lines went, or beside which lines came. */
function changedBlocks(before: string, after: string): Set<number> {
  const lines = before.split('\n');
  const numbers = blockNumbers(lines);
  const changed = new Set<number>();
  let at = 0;
  for (const [index, { added, removed, value }] of diffArrays(lines, after.split('\n')).entries()) {
    if (removed) {
      for (let line = at; line < at + value.length; line += 1)
        if (lines[line]?.trim()) changed.add(numbers[line] ?? 0);
    } else if (added && index >= 0 && value.some((line) => line.trim() !== '')) {
      changed.add(numbers[Math.max(0, at - 1)] ?? 0);
    }
    if (!added) at += value.length;
  }
  return changed;
}

/** The blocks a finding stands in, and those beside it. */
function blocksOfFinding(id: string, { ledger }: Run, text: string): number[] {
  const lines = ledger.get(id)?.finding.anchor.lines;
  if (!lines) return [];
  const numbers = blockNumbers(text.split('\n'));
  return numbers.slice(lines.start - 1, lines.end);
}
