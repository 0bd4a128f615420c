/** The rules of a loop: what comes next, and what a fact changes. Both are pure. */
export type Rules<Run, Step, Fact, Ending> = {
  readonly next: (run: Run) => Step;
  readonly endingOf: (step: Step) => Ending | undefined;
  readonly evolve: (run: Run, fact: Fact) => Run;
};

/** The effects of a loop: doing a step, and making a fact durable. `remember` resolves when it would survive a power cut. */
export type Effects<Run, Step, Fact> = {
  readonly perform: (step: Step, run: Run) => AsyncIterable<Fact>;
  readonly remember: (fact: Fact, run: Run) => Promise<void>;
};

/**
 * The loop. It asks what to do, does it, and remembers what happened. Facts are remembered before they are yielded, so
 * whoever sees one may rely on it surviving a crash. A resumed run enters here too: its state is a replay.
 */
export async function* loop<Run, Step, Fact, Ending>(
  run: Run,
  rules: Rules<Run, Step, Fact, Ending>,
  { perform, remember }: Effects<Run, Step, Fact>,
): AsyncGenerator<Fact, Ending> {
  for (;;) {
    const step = rules.next(run);
    const ending = rules.endingOf(step);
    if (ending !== undefined) return ending;

    let facts = 0;
    for await (const fact of perform(step, run)) {
      run = rules.evolve(run, fact);
      await remember(fact, run);
      facts += 1;
      yield fact;
    }
    if (facts === 0) throw new Error(`A step came to nothing: ${JSON.stringify(step)}`);
  }
}
