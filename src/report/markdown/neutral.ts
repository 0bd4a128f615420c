import { oneLine, reveal } from '../../lib/text.ts';

/** What is shown in the place of nothing at all, so that no mention, no reference and no address is made. */
const APART = '&#8203;';

/**
 * Text of a model within a line of Markdown. Its code spans stay code; nothing else of it is Markdown or HTML, nobody is
 * notified by it, and nothing is linked.
 */
export function inline(text: string): string {
  const line = oneLine(reveal(text));
  const parts = line.split(/`([^`]+)`/); // every second part is what stood between two backticks
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : plain(part))).join('');
}

/** Text set as code, whatever backticks are in it. In a table a bar would begin another cell. */
export function code(text: string): string {
  const line = oneLine(reveal(text)).replaceAll('|', '\\|');
  const fence = '`'.repeat(longestRun(line) + 1);
  const isOdd = /^`|`$|^ .* $/.test(line);
  return line === '' ? '' : `${fence}${isOdd ? ` ${line} ` : line}${fence}`;
}

function plain(text: string): string {
  return apart(escapeHtml(text.replace(/[\\`*_[\]{}()~|!#]/g, '\\$&'))).replaceAll('$', '<span>$</span>');
}

/** Text of a model where HTML is read and Markdown is not, as in a summary. */
export function htmlText(text: string): string {
  return apart(escapeHtml(oneLine(reveal(text)))).replace(/[`*_[\]~|]/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Addresses, mentions and references to other issues are broken where they would be recognised. */
function apart(text: string): string {
  return text.replace(
    /@|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)|\b(?:mailto|xmpp|ftp)(?=:)/gi,
    `$&${APART}`,
  );
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Lines as code, fenced by more backticks than there are anywhere in them. */
export function fenced(text: string, language = ''): string {
  const shown = reveal(text).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Something folded away under a line of HTML that is safe already. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** A table; the cells are Markdown already. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
