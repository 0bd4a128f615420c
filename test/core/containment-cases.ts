import { placeEdits, type PlacedEdit } from '../../src/core/edits.ts';
import type { Anchor } from '../../src/core/finding.ts';
import { outlineOf } from '../../src/core/ledger/blocks.ts';
import { contain } from '../../src/core/policies/containment.ts';

/* A plan with every kind of block, and which of some edits its findings license. */

export const PLAN = `---
status: draft
---

# Import

The import reads one file.

## Steps

1. Read the file.
2. Check every row.
3. Write the rows.
   - In one batch.
   - In order.

**Load-bearing:** \`IMPORT_V1\` stays.

\`\`\`sh
import --all
\`\`\`

## Rollback

Delete the rows.

## Acceptance

It works.
`;

const LINES = PLAN.split('\n');

/** The line a text begins on. */
function lineOf(text: string): number {
  return LINES.findIndex((line) => line.includes(text)) + 1;
}

export function anchorOf(quote: string): Anchor {
  const line = lineOf(quote);
  return { how: 'exact', lines: { start: line, end: line }, quote, section: [] };
}

export const NOWHERE: Anchor = { how: 'none', lines: null, quote: null, section: [] };

export type Given = {
  findings: Record<string, Anchor>;
  edits: [old: string, fresh: string, ...findings: string[]][];
  expanded?: string[];
  plan?: string;
};

/** Sorts edits of a plan, each named by the first line of its old text. */
export function contained({ findings, edits, expanded = [], plan = PLAN }: Given) {
  const placement = placeEdits(
    plan,
    edits.map(([old, fresh, ...ids]) => ({ findings: ids, old_text: old, new_text: fresh })),
    new Set(Object.keys(findings)),
  );
  if ('problems' in placement) throw new Error(placement.problems.join('\n'));
  const { licensed, outside, without } = contain(plan, placement.placed, {
    findings: Object.entries(findings).map(([id, anchor]) => ({ id, anchor })),
    blocks: outlineOf(plan).blocks,
    expanded: new Set(expanded),
  });
  const said = ({ edit }: PlacedEdit): string => edit.old_text.trim().split('\n', 1)[0] ?? '';
  return {
    licensed: licensed.map(said),
    outside: outside.map(({ edit, why }) => [said(edit), why]),
    without,
  };
}
