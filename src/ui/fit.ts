import widthOf from 'fast-string-width';

/** At most `room` columns wide, whatever the script; what was cut is marked. */
export function fit(text: string, room: number, ellipsis: string): string {
  if (widthOf(text) <= room) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment) > room - ellipsis.length) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}
