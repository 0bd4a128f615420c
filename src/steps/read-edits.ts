import type { Fact } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { readInPlace } from './read-in-place.ts';
import { readPatch } from './read-patch.ts';

/** Reads what the implementer answered, applies it in memory, and keeps the new text beside the round. */
export async function* readEditsStep(
  { call }: Extract<Step, { do: 'read-edits' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (run.position.at !== 'implementing') throw new Error('There is no implementer to read.');
  const { work } = run.position;
  const isPatch = call === null || run.settings.edit_mode === 'patch';
  const { edits, ...read } = isPatch
    ? await readPatch(call, work, run, ports)
    : await readInPlace(call, work, run, ports);
  yield { ...read, edits }; // last: a reader can leave these until they are asked for
}
