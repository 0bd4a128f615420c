import type { FactOf } from '../../../src/core/fact.ts';
import type { Run } from '../../../src/core/run.ts';
import type { AgentCall } from '../../../src/ports.ts';
import type { Claim } from './claims.ts';
import type { Parameters } from './parameters.ts';
import type { Fixture } from './plan.ts';
import type { Random } from './random.ts';

/** What one answer of the implementer would do if it is applied. */
export type FixRecord = {
  /** Fixes of real defects, and of anything else. */
  readonly real: number;
  readonly noise: number;
  /** Defects it writes. */
  readonly induced: number;
};

/** What the scripted agents of one run know: the answer key, and what each of them meant by what it said. */
export type Scene = {
  readonly parameters: Parameters;
  readonly fixture: Fixture;
  /** By what the finding says, word for word. */
  readonly claims: Map<string, Claim>;
  /** By call, `3/fix-1`. */
  readonly fixes: Map<string, FixRecord>;
  /** Characters that fixes are to add on average, and have not added yet. */
  readonly growth: { due: number };
  /** The run as of the last fact that was remembered. */
  run: Run;
};

/** What an agent answers. It draws from a source that only this call has, so that the order of calls does not matter. */
export type Script = (call: AgentCall, scene: Scene, random: Random) => string;

/** Who plays which role. */
export type Cast = Readonly<Record<AgentCall['role'], Script>>;

type Said = { readonly title: string; readonly body: string; readonly quote: string | null };

/** Keeps what a finding means. */
export function remember(scene: Scene, said: Said, claim: Claim): void {
  scene.claims.set(wordsOf(said), claim);
}

/** What a finding of the ledger means; undefined for one that no script of this scene has raised. */
export function claimOf({ claims, run }: Scene, id: string): Claim | undefined {
  const finding = run.ledger.get(id)?.finding;
  return finding && meant(claims, finding);
}

/** What a finding means. */
export function meant(claims: Scene['claims'], finding: FactOf<'review.parsed'>['findings'][number]): Claim | undefined {
  return claims.get(wordsOf({ title: finding.title, body: finding.body, quote: finding.anchor.quote }));
}

function wordsOf({ title, body, quote }: Said): string {
  return JSON.stringify([title, body, quote]);
}
