import { delimiter, isAbsolute } from 'node:path';

/** A PATH without its relative entries: in a directory that holds somebody else's files they would name programs of theirs. */
export function absoluteEntries(path: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry))
    .join(delimiter);
}
