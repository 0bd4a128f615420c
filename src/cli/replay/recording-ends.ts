import type { Purpose } from '../../core/fact.ts';
import type { RecordingEnd } from '../../core/replay/compare.ts';
import { currentRound, type Run } from '../../core/run.ts';
import type { Call } from '../../core/step.ts';
import { underCheck } from '../../core/verify/scope.ts';

/** Thrown where a replay asks what nobody answered in the recording. */
export class RecordingEnds extends Error {
  override readonly name = 'RecordingEnds';
  readonly end: RecordingEnd;

  constructor(end: RecordingEnd) {
    super(end.problem);
    this.end = end;
  }
}

/** The recording has no answer to this call at all. */
export function unanswered({ purpose }: Pick<Call, 'purpose'>, run: Run): RecordingEnds {
  const problem = `no answer for ${whatIs(purpose, run)}`;
  return new RecordingEnds({ round: currentRound(run).number, purpose, problem });
}

/** The call was recorded, and its answer was not, or is no longer there. */
export function lostAnswer(
  call: { readonly round: number; readonly purpose: Purpose; readonly call: string },
  file: string | null,
): RecordingEnds {
  const { round, purpose } = call;
  const why = file === null ? 'was cut short' : `was answered, and ${file} is gone`;
  return new RecordingEnds({ round, purpose, problem: `the call ${call.call} ${why}` });
}

function whatIs(purpose: Purpose, run: Run): string {
  const round = currentRound(run);
  switch (purpose) {
    case 'review':
      return 'a review of these bytes';
    case 'second-look':
      return 'a second look at these bytes';
    case 'hunt':
      return 'a hunt on these bytes';
    case 'audit':
      return 'an audit of these bytes';
    case 'calibrate':
      return 'a calibration on these bytes';
    case 'arbitrate':
      return 'an arbitration of these findings';
    case 'fix':
      return `a fix of ${named('work' in run.position ? run.position.work.findings : [])} in these bytes`;
    case 'verify':
      return `a verification of ${named(underCheck(run).map(({ finding }) => finding.id))} in these bytes`;
    case 'last-look':
      return `a look at the fix of ${named(round.applied?.findings ?? [])}`;
  }
}

function named(ids: readonly string[]): string {
  return ids.length > 0 ? ids.join(', ') : 'nothing';
}
