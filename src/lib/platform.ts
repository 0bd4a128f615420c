/* Where systems differ. All of it was run on Linux alone; each takes the platform, so that the others can be tried too. */

/** Has it a `/proc` that tells of every process when it started and what its environment is? */
export function hasProcessTable(platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'linux' || platform === 'android';
}

/** Can a directory be opened, and so be told to keep a rename through a power cut? */
export function canSyncDirectory(platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'win32';
}

/** What a signal is sent to that is meant for all of a detached child: its process group, where there are any. */
export function groupTarget(leader: number, platform: NodeJS.Platform = process.platform): number {
  return platform === 'win32' ? leader : -leader;
}

/** Can the terminal show more than ASCII? */
export function showsUnicode(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'win32') return true;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) && env['TERM'] !== 'linux' && env['TERM'] !== 'dumb';
}
