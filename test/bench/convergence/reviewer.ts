import type { AgentCall } from '../../../src/ports.ts';
import { wordsFor, type Claim } from './claims.ts';
import { liveIn, type Defect } from './key.ts';
import { planIn } from './prompt.ts';
import { pick, poisson, shuffled, type Random } from './random.ts';
import { remember, type Scene, type Script } from './scene.ts';
import { TASTES } from './sentences.ts';
import { folded, sentencesOf, type Sentence } from './text.ts';

const BELOW_THE_FLOOR = 0.2;

/** Reviews the plan it is shown: some of what is wrong, some of what is not, in words of its own, and the worst of it only. */
export const review: Script = (call, scene, random) =>
  answerOf(seenIn(planIn(call.prompt), scene, random), { call, scene, random });

/** The claims of one look at a plan. */
export function seenIn(plan: string, { parameters, fixture }: Scene, random: Random): Claim[] {
  const sentences = sentencesOf(plan);
  const size = Buffer.byteLength(plan) / Buffer.byteLength(fixture.text);
  const sound = soundOf(sentences);
  const noise = (mean: number, claim: (sentence: Sentence) => Claim): Claim[] =>
    Array.from({ length: sound.length > 0 ? poisson(random, mean) : 0 }, () => claim(pick(random, sound)));
  const taste = sentences.find(isTaste);
  const claims = [
    ...liveIn(fixture.key, plan).flatMap((defect): Claim[] => {
      const sentence = random() < defect.chance ? sentenceOf(defect, sentences) : undefined;
      return sentence ? [{ about: defect, isBlocking: defect.isBlocking, sentence }] : [];
    }),
    ...noise(parameters.falseBlocking, (sentence) => ({ about: 'false', isBlocking: true, sentence })),
    ...noise(parameters.falseMinor, (sentence) => ({ about: 'false', isBlocking: false, sentence })),
    ...noise(parameters.wording * size, (sentence) => ({
      about: 'wording',
      isBlocking: random() < parameters.inflated,
      sentence,
    })),
    ...(taste && random() < parameters.tasteSeen
      ? [{ about: 'taste' as const, isBlocking: true, sentence: taste }]
      : []),
  ];
  return shuffled(random, claims)
    .toSorted((a, b) => Number(b.isBlocking) - Number(a.isBlocking))
    .slice(0, parameters.longest);
}

/** A call to an agent, and what it draws from. */
export type Speaking = { readonly call: AgentCall; readonly scene: Scene; readonly random: Random };

/** A reviewer's answer with these claims. */
export function answerOf(claims: readonly Claim[], { call, scene, random }: Speaking): string {
  scene.said.set(`${call.round}/${call.call}`, claims);
  const { minors } = scene.parameters;
  const raises = claims.some(({ isBlocking }) => isBlocking);
  const isActedOn = (claim: Claim): boolean =>
    claim.isBlocking || minors === 'acted' || (minors === 'with-blockers' && raises);
  const findings = claims.map((claim) => ({
    ...findingOf(scene, random, claim),
    confidence: isActedOn(claim) ? 0.6 + 0.35 * random() : BELOW_THE_FLOOR,
  }));
  const verdict = claims.some(isActedOn) ? 'needs-attention' : 'approve';
  return JSON.stringify({ verdict, summary: 'The whole plan was read.', findings, next_steps: [] });
}

/** A finding as the schema has it: the claim in fresh words, cited more or less well. */
export function findingOf(
  scene: Pick<Scene, 'claims' | 'parameters'>,
  random: Random,
  claim: Claim,
): Record<string, unknown> {
  const { parameters } = scene;
  const { sentence, isBlocking } = claim;
  const { title, body, instance, recommendation, kind } = wordsFor(random, claim);
  const quote = quoteOf(random, sentence, scene);
  remember(scene, { title, body }, claim);
  const off = random() < parameters.wrongLines ? Math.floor(random() * 11) - 5 : 0;
  const line = (number: number): number => Math.max(1, number + off);
  return {
    severity: pick(
      random,
      isBlocking ? (['critical', 'high', 'high'] as const) : (['medium', 'low'] as const),
    ),
    title,
    body,
    file: 'plan.md',
    line_start: line(sentence.lines.start),
    line_end: line(sentence.lines.end),
    quote,
    section: sentence.heading,
    kind,
    instance,
    cause: '',
    fix_kind: 'guard',
    materialization: 0.5 + 0.5 * random(),
    materialization_reason: 'It happens on an ordinary day.',
    recommendation,
  };
}

function quoteOf(random: Random, { raw }: Sentence, { parameters }: Pick<Scene, 'parameters'>): string {
  if (random() < parameters.voidQuotes)
    return `${raw.slice(0, 12)} is said to be settled by the other document`;
  if (random() < parameters.partialQuotes) return raw.slice(0, raw.lastIndexOf(' '));
  return random() < parameters.foldedQuotes ? folded(raw) : raw;
}

export function sentenceOf({ token }: Defect, sentences: readonly Sentence[]): Sentence | undefined {
  return sentences.find(({ raw }) => raw.includes(`\`${token}\``));
}

export function isTaste({ raw }: Sentence): boolean {
  return raw.includes('**') && TASTES.some((taste) => taste === folded(raw));
}

/** What stands there once, and nobody has a reason to object to. */
export function soundOf(sentences: readonly Sentence[]): Sentence[] {
  const times = new Map<string, number>();
  for (const { raw } of sentences) times.set(raw, (times.get(raw) ?? 0) + 1);
  return sentences.filter(
    (sentence) => times.get(sentence.raw) === 1 && !sentence.raw.includes('`') && !isTaste(sentence),
  );
}
