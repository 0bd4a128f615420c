import type { ComparedRound, Comparison, RecordingEnd } from '../core/replay/compare.ts';
import type { Decided, Ended } from '../core/replay/decided.ts';
import { GATES } from '../core/finding.ts';
import { oneLine } from '../lib/text.ts';
import { table } from './table.ts';

/** A setting that a replay has otherwise, by the name of its flag. */
export type ChangedSetting = {
  readonly name: string;
  readonly recorded: string | number | boolean | null;
  readonly replayed: string | number | boolean | null;
};

/** What is told of a replay. */
export type ReplayTold = {
  readonly run: string;
  readonly settings: readonly ChangedSetting[];
  readonly comparison: Comparison;
  readonly end: RecordingEnd | null;
};

/** A replay beside its recording, round by round, and where the recording ends. */
export function replayText(
  { run, settings, comparison, end }: ReplayTold,
  { isUnicode }: { readonly isUnicode: boolean },
): string {
  const { rounds, ending } = comparison;
  const rows = [
    ['Round', 'Recorded', 'Replayed', 'Differs'],
    ...rounds.map((round) => rowOf(round)),
    [
      'End',
      endText(ending.recorded),
      ending.replayed ? endText(ending.replayed) : 'not known',
      ending.replayed && endText(ending.replayed) !== endText(ending.recorded) ? 'ending' : '',
    ],
  ];
  const lines = [
    `Run ${run}, decided again ${settingsText(settings)}.`,
    table(rows, { isUnicode, hasTotal: true }),
    ...(end ? [`The recording ends in round ${end.round}: ${oneLine(end.problem)}.`] : []),
    conclusion(comparison, end),
  ];
  return `${lines.join('\n')}\n`;
}

/** The same for a script: keys in snake_case. */
export function replayJson({ run, settings, comparison, end }: ReplayTold): Record<string, unknown> {
  return {
    run,
    settings,
    differs: comparison.differs,
    rounds: comparison.rounds.map(({ isOpen, ...round }) => ({ ...round, open: isOpen })),
    ending: comparison.ending,
    recording_ends: end,
  };
}

function settingsText(settings: ReplayTold['settings']): string {
  if (settings.length === 0) return 'under its own settings';
  const told = settings.map(
    ({ name, recorded, replayed }) =>
      `${name} ${valueText(replayed)} (was ${recorded === null && name.startsWith('on-') ? 'not set' : valueText(recorded)})`,
  );
  return `with ${told.join(', ')}`;
}

function valueText(value: ChangedSetting['recorded']): string {
  return value === null ? 'off' : oneLine(String(value));
}

function conclusion({ differs }: Comparison, end: RecordingEnd | null): string {
  const asFar = end ? ', as far as the recording carries' : '';
  return differs ? `What differs is named in the last column${asFar}.` : `Nothing differs${asFar}.`;
}

function rowOf({ round, recorded, replayed, differs, isOpen }: ComparedRound): string[] {
  const isSame = replayed !== null && recorded !== null && differs.length === 0;
  const none = isOpen ? 'not known' : 'none';
  const after = isSame ? (isOpen ? 'the same so far' : 'the same') : replayed ? decidedText(replayed) : none;
  const told = differs.map((field) => (field === 'sha256' ? 'bytes' : field.replaceAll('_', ' ')));
  return [String(round), recorded ? decidedText(recorded) : 'none', after, told.join(', ')];
}

/** `3 actionable, 1 filtered; to fix F1 F2 F3; edited`. */
function decidedText(decided: Decided): string {
  const { mode, gates, closed, decisions, accepted, handed_over: handed, reverted, how } = decided;
  const counts = GATES.flatMap((gate) => (gates?.[gate] ? [`${gates[gate]} ${gate}`] : []));
  return [
    mode === 'review' ? '' : mode,
    gates && (counts.join(', ') || 'nothing raised'),
    list('closed', closed),
    ...decisions.map((decision) => decision.replaceAll('_', ' ')),
    list('to fix', accepted),
    list('taken back', reverted),
    list('left', handed),
    how ?? '',
  ]
    .filter(Boolean)
    .join('; ');
}

function list(what: string, ids: readonly string[] | null): string {
  return ids && ids.length > 0 ? `${what} ${ids.join(' ')}` : '';
}

function endText({ status, reason }: Ended): string {
  return reason === null ? status : `${status} (${reason.replaceAll('_', ' ')})`;
}
