/** The rungs of the ladder, best first: how an answer could be read. */
export const RUNGS = ['json', 'fence', 'cut', 'repaired', 'prose'] as const;

export type Rung = (typeof RUNGS)[number];

/** Can this answer, as far as its form goes, mean that nothing is wrong? */
export function mayApprove(rung: Rung): boolean {
  return rung === 'json' || rung === 'fence';
}
