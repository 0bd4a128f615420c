import { QUESTIONS } from '../../core/question-names.ts';
import type { Settings } from '../../core/settings.ts';
import { arbiterUnheard } from '../../errors/replay.ts';
import type { ChangedSetting } from '../../report/replay.ts';
import type { CommonFlags } from '../flags.ts';
import { OPTIONS } from '../option-table.ts';
import { readValue, type Value } from '../values.ts';
import type { Changes } from './play.ts';

/** The recorded settings that the command line says otherwise. Throws where a value is not allowed. */
export function changesFrom(flags: CommonFlags['settings']): Changes {
  const value = (name: string): Value | undefined => {
    const raw = flags.get(name);
    const spec = OPTIONS.find((option) => option.name === name);
    return raw === undefined || !spec ? undefined : readValue(spec, raw, `--${name}`);
  };
  const number = (name: string): number | undefined => {
    const read = value(name);
    return typeof read === 'number' ? read : undefined;
  };
  const strategy = value('strategy');
  return withoutUndefined({
    max_rounds: number('max-rounds'),
    confidence_floor: number('confidence-floor'),
    max_calls: number('max-calls'),
    arbiter_from_round: number('arbiter-from-round'),
    strategy: strategy === 'rounds' || strategy === 'frozen' ? strategy : undefined,
    arbiter: arbiterOff(flags.get('arbiter')),
    policies: policiesOf(value),
  });
}

/** What was changed, for a person or a script; what was said and is no change too. */
export function changedSettings(
  recorded: Settings,
  { policies = {}, ...changes }: Changes,
): ChangedSetting[] {
  const own = Object.entries(changes).map(
    ([key, replayed]) => [key, plain(recorded, key), replayed] as const,
  );
  const answers = Object.entries(policies).map(
    ([key, replayed]) => [`on_${key}`, plain(recorded.policies, key), replayed] as const,
  );
  return [...own, ...answers].map(([key, before, after]) => ({
    name: key.replaceAll('_', '-'),
    recorded: before,
    replayed: plain({ [key]: after }, key),
  }));
}

/** A value that can be told as it is; what may be changed here holds no other. */
function plain(values: object, key: string): ChangedSetting['recorded'] {
  const value: unknown = Object.entries(values).find(([name]) => name === key)?.[1];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The questions whose answers a replay may have otherwise. */
const REPLAYABLE = ['stuck', 'drift', 'design', 'divergence'] as const;

function policiesOf(value: (name: string) => Value | undefined): Partial<Settings['policies']> {
  return Object.fromEntries(
    REPLAYABLE.flatMap((question) => {
      const said = value(`on-${question}`);
      return QUESTIONS[question].some((answer) => answer === said) ? [[question, said]] : [];
    }),
  );
}

function arbiterOff(raw: unknown): null | undefined {
  if (raw === undefined) return undefined;
  if (raw !== 'off') throw arbiterUnheard(raw);
  return null;
}

/** Without the keys whose value is undefined. */
function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  }; // the same keys, fewer of them
}
