import { expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { Manifest } from '../../src/store/manifest-schema.ts';
import { manifestProjection } from '../../src/store/manifest.ts';
import { called, replayed, roundStarted, started } from '../ui/told-run.ts';
import { hunted } from '../ui/told-judgements.ts';
import { CARD, runFinished } from './facts.ts';

const [FIRST, FIRST_DONE] = called(1, 'hunt-1');
const [SECOND, SECOND_DONE] = called(1, 'hunt-2');

it('has calls that ran side by side as one phase: the first start, the last end, everything they spent', () => {
  const facts = [FIRST, SECOND, SECOND_DONE, FIRST_DONE, hunted(1), ...called(1, 'arbitrate-1')];

  expect(manifestOf(facts)['rounds']).toEqual([
    {
      round: 1,
      codex_started_at: '2026-05-04T14:03:13Z',
      codex_ended_at: '2026-05-04T14:03:16Z',
      codex_elapsed_seconds: 3,
      codex_tokens: 62_000,
      codex_tool_uses: 6,
      arbiter_started_at: '2026-05-04T14:03:18Z',
      arbiter_ended_at: '2026-05-04T14:03:19Z',
      arbiter_elapsed_seconds: 1,
      arbiter_tokens: 31_000,
      arbiter_tool_uses: 3,
    },
  ]);
});

it('has the stop card of a run that is over, and fits its schema', () => {
  const manifest = manifestOf([FIRST, FIRST_DONE, runFinished()]);

  expect(manifest['card']).toEqual(CARD);
  expect(Manifest.safeParse(manifest).error).toBeUndefined();
});

function manifestOf(facts: readonly Fact[]): Record<string, unknown> {
  const projection = manifestProjection();
  for (const { fact } of replayed([started(), roundStarted(1, [], 'hunt'), ...facts])) projection.add(fact);
  return projection.json();
}
