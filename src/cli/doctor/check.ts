import { UserError } from '../../errors.ts';

/** One thing a run needs: whether it is there, and what to do about it if not. */
export type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string | null;
};

export function fine(name: string, detail: string): Check {
  return { name, ok: true, detail, fix: null };
}

export function gap(name: string, detail: string, fix: string): Check {
  return { name, ok: false, detail, fix };
}

/** What came of a look, or the gap that a mistake which the user can mend is. */
export async function attempt<T>(
  name: string,
  look: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly gap: Check }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { gap: gap(name, error.message, error.hint) };
  }
}
