import type { Finding } from '../core/finding.ts';

/** What a verifier noticed and nobody acts on, for a person to read. */
export function parkedText(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ id, severity, title, file, anchor, body }) =>
        `${id} ${severity} ${file}:${anchor.lines?.start ?? '?'} ${title}\n${body}\n`,
    )
    .join('\n');
}
