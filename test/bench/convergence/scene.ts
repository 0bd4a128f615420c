import type { Run } from '../../../src/core/run.ts';
import type { AgentCall } from '../../../src/ports.ts';
import type { Claim } from './claims.ts';
import type { Parameters } from './parameters.ts';
import type { Fixture } from './plan.ts';
import type { Random } from './random.ts';

/** What the scripted agents of one run know: the answer key, and what each of them meant by what it said. */
export type Scene = {
  readonly parameters: Parameters;
  readonly fixture: Fixture;
  /** What was raised, by title; the last one is the latest. */
  readonly claims: Map<string, Raised[]>;
  /** What each review raised, by call, `3/review-1`, in order. */
  readonly said: Map<string, readonly Claim[]>;
  /** Characters that fixes are to add on average, and have not added yet. */
  readonly growth: { due: number };
  /** The run as of the last fact that was remembered. */
  run: Run;
};

/** What a finding says, and what is meant by it. */
export type Raised = Said & { readonly claim: Claim };

type Said = { readonly title: string; readonly body: string };

/** What an agent answers. It draws from a source that only this call has, so that the order of calls does not matter. */
export type Script = (call: AgentCall, scene: Scene, random: Random) => string;

/** Who plays which role. */
export type Cast = Readonly<Record<AgentCall['role'], Script>>;

/** Keeps what a finding means. */
export function remember({ claims }: Pick<Scene, 'claims'>, { title, body }: Said, claim: Claim): void {
  claims.set(title, [...(claims.get(title) ?? []), { title, body, claim }]);
}

/** What a finding means; undefined for one that no script of this scene has raised. */
export function meant({ claims }: Pick<Scene, 'claims'>, { title, body }: Said): Claim | undefined {
  return claims.get(title)?.findLast((raised) => raised.body === body)?.claim;
}

/** What a finding of the ledger means. */
export function claimOf(scene: Pick<Scene, 'claims' | 'run'>, id: string): Claim | undefined {
  const finding = scene.run.ledger.get(id)?.finding;
  return finding && meant(scene, finding);
}

/** The call, `3/fix-1`, whose edits were the last to be written; null before the first. */
export function lastFix({ run }: Pick<Scene, 'run'>): string | null {
  const round = run.rounds.findLast(({ applied }) => applied !== null);
  return round?.edits ? `${round.number}/${round.edits.call}` : null;
}
