import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewOf } from '../../steps/agents.ts';
import { FIXED } from '../../e2e/support.ts';
import { DEFECTS, openWorld, PLAN, type World } from '../../rig/world.ts';

export type Scenario = {
  readonly mode: 'patch' | 'in-place';
  readonly strategy: 'rounds' | 'frozen';
};

export const SCENARIOS: readonly Scenario[] = [
  { mode: 'patch', strategy: 'rounds' },
  { mode: 'in-place', strategy: 'rounds' },
  { mode: 'patch', strategy: 'frozen' },
  { mode: 'in-place', strategy: 'frozen' },
];

export const NAME = 'docs/plans/import.md';

/**
 * A world to be copied: a plan with one defect that is not committed yet (edits as data) or not known to git at all (in
 * place), and agents that cost next to nothing, for they are called thousands of times. They answer by what stands in the
 * plan, and note what they were asked in `made`.
 */
export function templateWorld({ mode }: Scenario): World {
  const world = openWorld();
  mkdirSync(join(world.root, 'tmp'));
  world.write('README.md', 'A repository.\n');
  if (mode === 'patch') world.write(NAME, '# Import customers\n');
  world.git('add', '.');
  world.git('commit', '-q', '-m', 'Begin');
  world.write(NAME, PLAN);
  layAnswers(join(world.root, 'agent'), mode);
  writeFileSync(join(world.root, 'made'), '');
  return world;
}

const MAILS = DEFECTS.slice(1, 2);

function layAnswers(dir: string, mode: Scenario['mode']): void {
  const [{ quote, fix } = { quote: '', fix: undefined }] = MAILS;
  const answers = {
    defective: reviewOf(quote, MAILS),
    sound: reviewOf('', []),
    fix: JSON.stringify({ summary: 'Closed.', edits: [{ findings: ['F1'], ...fix }], declined: [] }),
    fixed: FIXED,
    rulings: JSON.stringify({ summary: 'Judged.', rulings: [RULING] }),
    checks: JSON.stringify({ summary: 'Checked.', checks: [CHECK], findings: [] }),
  };
  for (const [name, answer] of Object.entries(answers)) writeFileSync(join(dir, name), answer);
  writeFileSync(join(dir, 'agent'), agentScript(quote, mode));
  chmodSync(join(dir, 'agent'), 0o755);
}

/** What it was asked is noted before it answers, by the digest that the journal has of the prompt. */
function agentScript(quote: string, mode: Scenario['mode']): string {
  const implementer =
    mode === 'patch' ? 'cat "$here/fix"' : 'cp "$here/fixed" "$REFINE_PLAN_PLAN"; echo Edited.';
  return `#!/bin/sh
here=\${0%/*}
cat > "$here/prompt-$$"
sha256sum < "$here/prompt-$$" >> "$here/../made"
case "$REFINE_PLAN_ROLE" in
  implementer) ${implementer} ;;
  arbiter) cat "$here/rulings" ;;
  verifier) cat "$here/checks" ;;
  *) if grep -qF '${quote}' "$REFINE_PLAN_PLAN"; then cat "$here/defective"; else cat "$here/sound"; fi ;;
esac
`;
}

const RULING = {
  index: 1,
  real: true,
  quote_supports_claim: true,
  consequence: 'wrong-build',
  likelihood: 'plausible',
  fix_kind: 'guard',
  cause: '',
  same_as: '',
  reason: 'The plan says so.',
  likelihood_reason: '',
};

const CHECK = { id: 'F1', verdict: 'fixed', makes_instance_impossible: true, why: 'It is gone.' };
