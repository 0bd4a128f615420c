import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff';

/** What became of a file, as a patch that git applies, to either side; empty where nothing did. */
export function planPatch(path: string, before: string, after: string): string {
  if (before === after) return '';
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
