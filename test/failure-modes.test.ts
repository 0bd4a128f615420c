import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { edits, review } from './steps/answers.ts';
import { chain, CHAIN_PLAN, claim, CLAIMS } from './steps/chains.ts';
import { endOf, factsOf, leftOf, lived, type Answer, type Given } from './steps/world.ts';
import { PLAN } from './rig/world.ts';

/*
 * The ways in which loops of review and fix are known to fail. What no other test shows is shown here; the rest is named in
 * docs/failure-modes.md, and looked up.
 */

const MODES = [
  'rising severity',
  'endless fresh findings',
  'findings on the text of the last fix',
  'fixes that go to and fro',
  'a fix that undoes earlier ones',
  'wording called grave',
  'true, and will hardly happen',
  'a plan that grows',
  'a tired reviewer that passes',
  'quiet by chance',
  'asking until somebody passes it',
  'called fixed, and is not',
  'one defect taken for two',
  'two defects taken for one',
  'guards piled on guards',
  'one instance mended of many',
  'one finding at a time',
  'edits that nobody asked for',
  'a fix that changes nothing',
  'an undecided question raised again',
  'an answer that cannot be read',
  'a failed call read as a verdict',
  'an agent that hangs',
  'a cap that does not bite',
  'taken for stuck by counting',
  'later looks that only verify',
  'a number of the reviewer that ends the loop',
  'a filter that hides defects',
] as const;

const STEPS = CLAIMS.map(([title], n) => `${n}. Here ${title}, as the author has it.`);

/** A plan with a defect in every step. */
const LONG = `# Import\n\n${STEPS.map((step) => `${step}\n`).join('')}`;

/** Defects of the author's own text in groups, each of which is seen once the group before it is mended. */
function groups(...sizes: readonly number[]): NonNullable<Given['defects']> {
  let at = 0;
  return sizes.flatMap((size) => {
    const first = at;
    at += size;
    return Array.from({ length: size }, (_, n) => {
      const [index, text] = [first + n, STEPS[first + n] ?? ''];
      const defect = { ...claim(index), quote: text, fix: { old_text: text, new_text: mended(index) } };
      return first === 0 ? defect : { ...defect, after: mended(first - 1) };
    });
  });
}

function mended(index: number): string {
  return `${index}. There is a guard against it: ${CLAIMS[index]?.[1].slice(0, 12) ?? ''}`;
}

/** How many findings each round raised. */
function raised(world: Awaited<ReturnType<typeof lived>>): number[] {
  return factsOf(world, 'review.parsed').map(({ findings }) => findings.length);
}

describe('rising severity', () => {
  it('ends with the second fix of a fix, however grave the last finding is', async () => {
    const grave = ['low', 'medium', 'high', 'critical'] as const;
    const defects = chain(9).map((defect, at) => ({ ...defect, severity: grave[at] ?? 'critical' }));

    const world = await lived({ plan: CHAIN_PLAN, defects });

    const found = factsOf(world, 'review.parsed').flatMap(({ findings }) => findings);
    const fresh = found.filter(({ gate }) => gate === 'actionable');
    expect(fresh.map(({ severity }) => severity)).toEqual(['low', 'medium', 'high']);
    expect(world.disk.plan).toContain('state 1 of the import');
    expect(endOf(world)).toEqual(['completed_cap', 'stuck', 1]);
  });
});

describe('endless fresh findings', () => {
  const ENDLESS = { plan: LONG, defects: groups(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) };

  it('end at the cap of rounds, after a look at the last fix', async () => {
    const world = await lived({ ...ENDLESS, settings: { max_rounds: 6 } });

    expect(raised(world)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(world.calls.at(-1)).toBe('6/last-look-1');
    expect(endOf(world)).toEqual(['completed_cap', 'cap', 1]);
  });

  it('end with the audit of a frozen run', async () => {
    const world = await lived({ ...ENDLESS, settings: { strategy: 'frozen', arbiter: 'cmd:arbiter' } });

    expect(raised(world)).toEqual([1, 1]);
    expect(world.calls.length).toBeLessThanOrEqual(16);
    expect(factsOf(world, 'run.finished')[0]?.message).toContain('a statement about the list');
  });
});

describe('a fix that undoes earlier ones', () => {
  it('is not applied where it writes the plan anew', async () => {
    const [first, second] = groups(1, 1);
    const anew: Answer = (_, { plan }) => {
      const fresh = LONG.replace(STEPS[1] ?? '', mended(1)); // the first defect is back
      return edits({ findings: ['F2'], old_text: plan ?? '', new_text: fresh });
    };

    const world = await lived({
      plan: LONG,
      defects: [first, second].flatMap((defect) => defect ?? []),
      answers: { '2/fix-1': anew, '2/fix-2': anew },
    });

    expect(world.disk.plan).toBe(LONG.replace(STEPS[0] ?? '', mended(0)));
    expect(Object.keys(leftOf(world))).toEqual(['F1', 'F2']);
    expect(leftOf(world)['F2']).toContain('One fix undoes another.');
  });
});

describe('true, and will hardly happen', () => {
  const RARE = {
    ...claim(0),
    quote: 'Send a mail to each customer.',
    materialization: 0.1,
    materialization_reason: 'Two clocks would have to be wrong at once.',
  };

  it('is named, and not acted on', async () => {
    const world = await lived({ answers: { '1/review-1': () => review('approve', RARE) } });

    expect(factsOf(world, 'review.parsed')[0]?.findings).toMatchObject([{ id: 'F1', gate: 'unlikely' }]);
    expect(world.calls).toEqual(['1/review-1']);
  });

  it('is acted on where two places of the plan contradict each other', async () => {
    const both = { ...RARE, kind: 'contradiction' };

    const world = await lived({ answers: { '1/review-1': () => review('approve', both) } });

    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F1']);
  });
});

describe('a plan that grows', () => {
  it('is not written: what is too large is asked for once more, then left to the user', async () => {
    const long: Answer = () =>
      edits({
        findings: ['F1', 'F2'],
        old_text: 'retry until it works',
        new_text: `retry three times.\n${'   Every line of it is new.\n'.repeat(200)}`,
      });

    const world = await lived({ answers: { '1/fix-1': long, '1/fix-2': long } });

    expect(world.disk.plan).toBe(PLAN);
    expect(factsOf(world, 'edits.read').map(({ result }) => result)).toEqual(['growth', 'unedited']);
    expect(factsOf(world, 'edits.read')[1]?.handed_over.map(({ id, because }) => [id, because])).toEqual([
      ['F1', 'growth'],
      ['F2', 'growth'],
    ]);
  });
});

describe('quiet by chance', () => {
  it('is no ending of a frozen run: the audit looks at the same bytes once more', async () => {
    const nothing: Answer = () => review('approve');

    const world = await lived({
      settings: { strategy: 'frozen', arbiter: 'cmd:arbiter' },
      answers: { '1/hunt-1': nothing, '1/hunt-2': nothing, '1/hunt-3': nothing },
    });

    expect(world.calls).toContain('2/audit-1');
    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F1', 'F2']);
  });
});

describe('one finding at a time', () => {
  it('is not what a reviewer is asked for', async () => {
    const world = await lived({ settings: { max_rounds: 1 } });

    expect(world.disk.files.get('round-01/prompt-review-1.md')).toContain('Report everything you find now');
  });
});

describe('taken for stuck by counting', () => {
  it('is no run whose reviews raise more and more of what the author wrote', async () => {
    const world = await lived({ plan: LONG, defects: groups(1, 3, 2, 4) });

    expect(raised(world)).toEqual([1, 3, 2, 4, 0]);
    expect(factsOf(world, 'decision')).toEqual([]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});

/** The table of docs/failure-modes.md: a failure mode, a file, and the name of a test in it. */
function shown(): { mode: string; file: string; name: string }[] {
  const page = readFileSync(new URL('../docs/failure-modes.md', import.meta.url), 'utf8');
  return [...page.matchAll(/^\| ([^|]+) \| `(test\/[^`|]+)` \| ([^|]+) \|$/gm)].map(
    ([, mode = '', file = '', name = '']) => ({ mode, file, name }),
  );
}

function holds({ file, name }: { file: string; name: string }): boolean {
  const path = new URL(`../${file}`, import.meta.url);
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return ["'", '"', '`'].some((mark) => text.includes(`${mark}${name}${mark}`));
}

describe('a failure mode', () => {
  it.each(MODES)('is shown to be met by a test: %s', (mode) => {
    const tests = shown().filter((row) => row.mode === mode);

    expect(tests).not.toEqual([]);
    expect(tests.filter((row) => !holds(row))).toEqual([]);
  });

  it('that nobody listed is not in the table', () => {
    expect(shown().filter(({ mode }) => !MODES.some((known) => known === mode))).toEqual([]);
  });
});
