/** Bytes as people say them: `640 B`, `12.3 kB`, `4.0 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [size, at] = [bytes, 0];
  for (; size >= 999.95 && at < units.length - 1; at += 1) size /= 1000;
  return at === 0 ? `${bytes} B` : `${size.toFixed(1)} ${units[at] ?? ''}`;
}
