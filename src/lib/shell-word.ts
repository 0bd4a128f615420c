import { clean } from './text.ts';

/** A path as it can be typed into a shell; one that begins with a dash is kept from being read as an option. */
export function shellWord(path: string): string {
  const text = clean(path);
  const word = text.startsWith('-') ? `./${text}` : text;
  return shellQuoted(word, /^[\w@%+=:,./-]+$/);
}

/** A word in quotes, unless it is plain. */
export function shellQuoted(word: string, plain: RegExp): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
