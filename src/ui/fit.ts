import stringWidth from 'string-width';

/** At most `room` columns wide, whatever the script; what was cut is marked. */
export function fit(text: string, room: number, ellipsis: string): string {
  if (stringWidth(text) <= room) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > room - ellipsis.length) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}
