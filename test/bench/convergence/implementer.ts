import type { AgentCall } from '../../../src/ports.ts';
import { claimOf, type Scene, type Script } from './scene.ts';
import type { Claim } from './claims.ts';
import { addDefect, defectiveSentence, soundForm, type Defect } from './key.ts';
import { idsIn, planIn } from './prompt.ts';
import { poisson, shuffled, type Random } from './random.ts';
import { soundSentence, TASTES } from './sentences.ts';
import { isTaste, sentenceOf, soundOf } from './reviewer.ts';
import { folded, laidOut, sentencesOf, type Sentence } from './text.ts';

/** What is to be done at one sentence, and for which findings. */
type Task = { readonly sentence: Sentence; readonly claim: Claim | undefined; readonly findings: string[] };

/** Mends each finding by an edit of the sentence it is about. Most edits hold, some only say it differently; each adds text. */
export const fix: Script = (call, scene, random) => {
  const plan = planIn(call.prompt);
  const { tasks, declined } = tasksFor(idsIn(call.prompt), plan, scene);
  const terse = askedToBeTerse(call.prompt);
  const edits = tasks.map((task) => ({
    findings: task.findings,
    old_text: task.sentence.raw,
    new_text: rewritten(task, plan, { call, scene, random, terse }),
  }));
  return JSON.stringify({ summary: 'Each finding was resolved where it stands.', edits, declined });
};

/** The findings whose edits added too much the last time. */
function askedToBeTerse(prompt: string): Set<string> {
  const problem = prompt.slice(prompt.lastIndexOf(SENT_BACK));
  if (!prompt.includes(SENT_BACK) || !problem.includes('instead of adding')) return new Set();
  return new Set([...problem.matchAll(/\bF\d+\b/g)].map(([id]) => id));
}

const SENT_BACK = 'An earlier answer to this same task was not accepted';

type Tasks = { readonly tasks: Task[]; readonly declined: { finding: string; reason: string }[] };

/** The edits to make; findings about the same sentence are resolved by one. */
export function tasksFor(ids: readonly string[], plan: string, scene: Scene): Tasks {
  const all = sentencesOf(plan);
  const sentences = { all, sound: soundOf(all) };
  const tasks = new Map<number, Task>();
  const declined: Tasks['declined'] = [];
  for (const id of ids) {
    const claim = claimOf(scene, id);
    const sentence = (claim && placeOf(claim, sentences)) ?? nearby(id, sentences, scene);
    const known = sentence && tasks.get(sentence.start);
    if (known) known.findings.push(id);
    else if (sentence) tasks.set(sentence.start, { sentence, claim, findings: [id] });
    else declined.push({ finding: id, reason: 'The text it is about is gone.' });
  }
  return { tasks: [...tasks.values()], declined };
}

type Sentences = { readonly all: readonly Sentence[]; readonly sound: readonly Sentence[] };

/** The sentence that a claim is about, as far as it still stands. */
function placeOf({ about, sentence }: Claim, { all, sound }: Sentences): Sentence | undefined {
  if (typeof about === 'object') return sentenceOf(about, all);
  return about === 'taste' ? all.find(isTaste) : sound.find(({ raw }) => raw === sentence.raw);
}

/** Something at the place of a finding that can be edited without touching what else is wrong there. */
function nearby(id: string, { sound }: Sentences, { run }: Scene): Sentence | undefined {
  const lines = run.ledger.get(id)?.finding.anchor.lines;
  return lines ? sound.find((it) => it.lines.start <= lines.end && it.lines.end >= lines.start) : undefined;
}

type Context = {
  readonly call: AgentCall;
  readonly scene: Scene;
  readonly random: Random;
  readonly terse: ReadonlySet<string>;
};

function rewritten(task: Task, plan: string, context: Context): string {
  const { scene, random } = context;
  const { layout, text: original } = scene.fixture;
  const taken = new Set<string>();
  const fresh = (): string => {
    const sentence = soundSentence(random, (it) => taken.has(it) || plan.includes(it));
    taken.add(sentence);
    return sentence;
  };
  const isTerse = task.findings.some((id) => context.terse.has(id));
  const sentences = [
    isTerse ? inFewWords(task, context) : resolved(task, fresh, context),
    ...inducedBy(task, context),
  ];
  if (isTerse) return laidOut(sentences, layout, task.sentence.indent);
  const due = scene.growth.due + scene.parameters.growth * original.length;
  const missing = (): number => due - sentences.join(' ').length + task.sentence.raw.length;
  while (missing() > ENOUGH) sentences.push(fresh());
  scene.growth.due = missing();
  return laidOut(sentences, layout, task.sentence.indent);
}

/** A further sentence is written when at least half of a usual one is missing; what is missing then, the next edit adds. */
const ENOUGH = 40;

/** The sentence that takes the place of the one that was objected to. */
function resolved({ sentence, claim }: Task, fresh: () => string, { scene, random }: Context): string {
  const about = claim?.about;
  if (about === 'taste') return TASTES.find((taste) => taste !== folded(sentence.raw)) ?? '';
  if (typeof about !== 'object' || !sentence.raw.includes(about.token)) return fresh();
  return random() < scene.parameters.fixHolds ? soundForm(about) : otherWording(about, sentence);
}

/** The same, but no longer than what it replaces. */
function inFewWords(task: Task, context: Context): string {
  const sentence = resolved(task, () => SHORT, context);
  return sentence.length <= task.sentence.raw.length || sentence.includes('`') ? sentence : SHORT;
}

const SHORT = 'The contract settles it.';

function otherWording(defect: Defect, { raw }: Sentence): string {
  const [first = '', second = ''] = [0, 1].map((wording) => defectiveSentence(defect, wording));
  return first === folded(raw) ? second : first;
}

/** The defects that an edit brings in, as sentences. */
function inducedBy({ claim }: Task, { call, scene, random }: Context): string[] {
  const { parameters, fixture } = scene;
  const about = claim?.about;
  const isReal = typeof about === 'object';
  const born = poisson(random, isReal ? parameters.induced : parameters.inducedByNoise);
  const defects = Array.from({ length: born }, () =>
    addDefect(fixture.key, random, parameters, {
      isBlocking: random() < parameters.inducedBlocking,
      generation: (isReal ? about.generation : 0) + 1,
      bornIn: `${call.round}/${call.call}`,
    }),
  );
  return shuffled(
    random,
    defects.map((defect) => defectiveSentence(defect, Math.floor(random() * 3))),
  );
}
