// node test/bench/line-map.mjs <directory>...: how well lines are carried through real edits. A directory holds the revisions
// of one text (1.md, 2.md, …), or directories of such. Printed for each, and for all of them together:
//   survived  lines that both revisions have once, but for white space, list markers and ticks
//   recall    of these, those that map to themselves
//   precision of the lines that are said to be kept or moved, those whose target says the same
//   changed   lines that were reworded, and of these, those that map to their new wording
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadCore } from './core.mjs';

const { hunks, map, likeness } = await loadCore({
  hunks: 'ledger/hunks',
  map: 'ledger/line-map',
  likeness: 'ledger/likeness',
});

/** List markers and ticks are no wording. */
const MARKER = /^(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const KEYS = ['pairs', 'survived', 'found', 'claimed', 'true', 'changed', 'followed'];
const rows = process.argv.slice(2).flatMap(histories).map(measure);
print([...rows, { ...sum(rows), name: 'all' }]);

function histories(path) {
  const inside = readdirSync(path).map((name) => join(path, name));
  const directories = inside.filter((entry) => statSync(entry).isDirectory());
  const revisions = inside.filter((entry) => entry.endsWith('.md'));
  const here = revisions.length > 1 ? [{ name: basename(path), revisions: inOrder(revisions) }] : [];
  return [...here, ...directories.flatMap(histories)];
}

function inOrder(paths) {
  return paths.toSorted((a, b) => basename(a).localeCompare(basename(b), 'en', { numeric: true }));
}

function measure({ name, revisions }) {
  const texts = revisions.map((path) => readFileSync(path, 'utf8'));
  return { ...sum(texts.slice(1).map((after, at) => compare(texts[at], after))), name };
}

function compare(before, after) {
  const { hunks: changed, moves } = hunks.lineMapOf(before, after);
  const [old, now] = [lines(before), lines(after)];
  const [places, targets] = [once(old), once(now)];
  const counts = { ...Object.fromEntries(KEYS.map((key) => [key, 0])), pairs: 1 };
  const to = (line) => map.mapSpan({ start: line, end: line }, changed, moves);
  for (const [at, text] of old.entries()) {
    const { start, end } = to(at + 1);
    const target = places.has(text) ? targets.get(text) : undefined;
    if (target !== undefined) {
      counts.survived += 1;
      if (start === target + 1 && end === start) counts.found += 1;
    }
    if (isSaidToStay(at + 1, changed, moves)) {
      counts.claimed += 1;
      if (now[start - 1] === text) counts.true += 1;
    } else if (target === undefined && isTelling(text)) {
      const reworded = rewordingOf(text, old, now, targets);
      if (reworded === undefined) continue;
      counts.changed += 1;
      if (start <= reworded + 1 && reworded + 1 <= end && end - start < 3) counts.followed += 1;
    }
  }
  return counts;
}

function isSaidToStay(line, changed, moves) {
  if (moves.some(([from, , size]) => from <= line && line < from + size)) return true;
  return !changed.some(([from, size]) => from <= line && line < from + size);
}

/** The only line that says nearly the same, where the text before does not say that too. */
function rewordingOf(text, old, now, targets) {
  const before = new Set(old);
  let best;
  for (const [other, at] of targets) {
    if (before.has(other)) continue;
    const score = likeness.dice(text, other);
    if (score >= 0.6 && score > (best?.score ?? 0)) best = { score, at, second: best?.score ?? 0 };
    else if (best && score > best.second) best.second = score;
  }
  return best && best.score - best.second > 0.15 ? best.at : undefined;
}

function lines(text) {
  return text.split('\n').map((line) => line.trim().replace(MARKER, ''));
}

function once(all) {
  const seen = new Map();
  for (const [at, line] of all.entries()) seen.set(line, seen.has(line) ? -1 : at);
  return new Map([...seen].filter(([line, at]) => at !== -1 && isTelling(line)));
}

function isTelling(line) {
  return (line.match(/[\p{L}\p{N}]/gu) ?? []).length >= 4;
}

function sum(all) {
  return Object.fromEntries(KEYS.map((key) => [key, all.reduce((total, row) => total + row[key], 0)]));
}

function print(all) {
  const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`);
  const table = all.map((row) => [
    row.name,
    `${row.pairs}`,
    `${row.survived}`,
    percent(row.found, row.survived),
    percent(row.true, row.claimed),
    `${row.changed}`,
    percent(row.followed, row.changed),
  ]);
  const columns = [['history', 'pairs', 'survived', 'recall', 'precision', 'changed', 'followed'], ...table];
  const widths = columns[0].map((_, column) => Math.max(...columns.map((cells) => cells[column].length)));
  for (const cells of columns)
    console.log(cells.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
}
