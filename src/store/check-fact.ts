import { Fact } from '../core/fact.ts';

/** What is wrong with something that calls itself a fact; undefined when it is one. */
export function checkFact(value: unknown): string | undefined {
  const fact = Fact.safeParse(value);
  return fact.success ? undefined : (fact.error.issues[0]?.message ?? 'it is no fact');
}
