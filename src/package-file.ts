/**
 * Where a file that comes with this package lies, given its path from the root of the package. The source of this module
 * and every file of the bundle lie one directory below that root.
 */
export function packageFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
