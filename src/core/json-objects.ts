import { jsonrepair } from 'jsonrepair';

/** The value of a JSON text, or undefined where it is none. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // not JSON: the caller's next rung
  }
}

/**
 * The inside of the one code fence a text consists of; undefined when there is other text, or more than one fence.
 */
export function onlyFence(text: string): string | undefined {
  const match = /^\s*(```+|~~~+)[ \t]*(?:json[c5]?)?[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*\1\s*$/i.exec(text);
  const inside = match?.[2];
  return inside === undefined || /^[ \t]*(?:```|~~~)/m.test(inside) ? undefined : inside;
}

/**
 * The outermost `{…}` spans of a text whose braces and brackets balance, strings respected. A span that never closes,
 * as in an answer that was cut off, is not one.
 */
export function balancedObjects(text: string): string[] {
  const found: string[] = [];
  let misfits = 0;
  let at = text.indexOf('{');
  while (at !== -1 && misfits < MOST_MISFITS) {
    const end = endOfObject(text, at);
    if (end === 'never') break; // nothing after it can be trusted to stand outside of it
    if (end === undefined) misfits += 1;
    else found.push(text.slice(at, end));
    at = text.indexOf('{', end ?? at + 1);
  }
  return found;
}

/** Each brace that closes wrongly has the text scanned once more; a broken answer must not take minutes. */
const MOST_MISFITS = 50;

function endOfObject(text: string, start: number): number | 'never' | undefined {
  const open: string[] = [];
  let inString = false;
  for (let i = start; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (inString) {
      if (c === '\\') i += 1;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') open.push(c === '{' ? '}' : ']');
    else if (c === '}' || c === ']') {
      if (open.pop() !== c) return undefined;
      if (open.length === 0) return i + 1;
    }
  }
  return 'never';
}

/** The value of a nearly-JSON object (trailing comma, raw line ends in strings, single quotes), or undefined. */
export function repairJson(object: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(jsonrepair(object)) };
  } catch {
    return undefined; // beyond repair
  }
}
