import type { Births } from './provenance.ts';

/**
 * Who wrote each line of a plan after so many edits: worked out when it is first asked for, because most who look at a run
 * never ask.
 */
export class Lineage {
  /** The author wrote every line. */
  static readonly author = new Lineage(undefined, (births) => births);

  #births: Births | undefined;
  #before: Lineage | undefined;
  readonly #age: (births: Births) => Births;

  private constructor(before: Lineage | undefined, age: (births: Births) => Births) {
    this.#before = before;
    this.#age = age;
  }

  /** The same after one more edit. */
  after(age: (births: Births) => Births): Lineage {
    return new Lineage(this, age);
  }

  get births(): Births {
    const due: Lineage[] = [];
    let at: Lineage | undefined = this; // oxlint-disable-line typescript/no-this-alias -- the first of a chain
    while (at && !at.#births) {
      due.push(at);
      at = at.#before;
    }
    let births = (at && at.#births) ?? [];
    while ((at = due.pop())) {
      births = at.#births = at.#age(births);
      at.#before = undefined; // nobody asks it any more
    }
    return births;
  }
}
