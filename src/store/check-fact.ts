import { Fact } from '../core/fact.ts';
import { problemIn } from './check-run-fact.ts';

/** What is wrong with something that calls itself a fact; undefined when it is one. */
export function checkFact(value: unknown): string | undefined {
  return problemIn(Fact.safeParse(value));
}
