import { isAbsolute, relative, sep } from 'node:path';

/** Is a path the directory itself, or below it? Links are not followed: give both as they really are. */
export function isBelow(path: string, dir: string): boolean {
  const way = relative(dir, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
