import { inert } from '../lib/commit-text.ts';
import { fitColumns, oneLine } from '../lib/text.ts';
import type { Finding } from './finding.ts';
import { SEVERITIES } from './severity.ts';

const COLUMNS = 72;

/** One line for a commit message: `1 critical (retry bound missing) + 2 medium`, at most 72 columns. */
export function themes(findings: readonly Pick<Finding, 'severity' | 'title'>[]): string {
  const groups = SEVERITIES.map((severity) => ({
    severity,
    found: findings.filter((f) => f.severity === severity),
  }));
  const parts = groups
    .filter(({ found }) => found.length > 0)
    .map(({ severity, found }) => ({
      label: `${found.length} ${severity}`,
      title: inert(oneLine(found[0]?.title ?? '')),
    }));
  const bare = parts.map(({ label }) => label).join(' + ');
  const [worst, ...others] = parts;
  const room = COLUMNS - bare.length - ' ()'.length;
  if (!worst || worst.title === '' || room < 12) return bare;
  return [`${worst.label} (${fitColumns(worst.title, room)})`, ...others.map(({ label }) => label)].join(
    ' + ',
  );
}
