// node test/bench/line-map.mjs <directory>...: how well lines are carried through real edits. A directory holds the revisions
// of one text (1.md, 2.md, …), or directories of such. Printed for each, and for all of them together:
//   survived   lines that both revisions have once, but for white space, list markers and ticks
//   recall     of these, those that map to themselves
//   precision  of the lines that are said to be kept or moved, those whose target says the same
//   changed    lines that were reworded, and of these, those that were followed to their new wording
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from './core.mjs';

const { survival } = await load({ survival: 'test/rig/survival.ts' });
const rows = process.argv.slice(2).flatMap(histories).map(measure);
print([...rows, { ...sum(rows), name: 'all' }]);

function histories(path) {
  const inside = readdirSync(path).map((name) => join(path, name));
  const directories = inside.filter((entry) => statSync(entry).isDirectory());
  const revisions = inside.filter((entry) => /\.(?:md|txt)$/.test(entry));
  const here = revisions.length > 1 ? [{ name: basename(path), revisions: inOrder(revisions) }] : [];
  return [...here, ...directories.flatMap(histories)];
}

function inOrder(paths) {
  return paths.toSorted((a, b) => basename(a).localeCompare(basename(b), 'en', { numeric: true }));
}

function measure({ name, revisions }) {
  const texts = revisions.map((path) => readFileSync(path, 'utf8'));
  const pairs = texts.slice(1).map((after, at) => ({ pairs: 1, ...survival.survivalOf(texts[at], after) }));
  return { ...sum(pairs), name };
}

function sum(all) {
  const keys = ['pairs', 'survived', 'found', 'claimed', 'true', 'changed', 'followed'];
  return Object.fromEntries(keys.map((key) => [key, all.reduce((total, row) => total + row[key], 0)]));
}

function print(all) {
  const share = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`);
  const table = all.map((row) => [
    row.name,
    `${row.pairs}`,
    `${row.survived}`,
    share(row.found, row.survived),
    share(row.true, row.claimed),
    `${row.changed}`,
    share(row.followed, row.changed),
  ]);
  const cells = [['history', 'pairs', 'survived', 'recall', 'precision', 'changed', 'followed'], ...table];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}
