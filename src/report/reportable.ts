import { reaches } from '../core/severity.ts';
import type { Story } from './story.ts';
import type { ToldFinding } from './told-finding.ts';

/** Of what is left of a run, the findings severe enough to be named where each of them asks for attention. */
export function reportable({ findings, source: { reportOn = 'low' } }: Story): ToldFinding[] {
  return findings.filter(({ group, finding }) => group === 'left' && reaches(finding.severity, reportOn));
}
