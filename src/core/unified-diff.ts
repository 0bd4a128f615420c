import { createTwoFilesPatch } from 'diff';

/** What became of a text, as a unified diff with three lines around each change. */
export function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(path, path, before, after, 'before', 'after', { context: 3 });
}
