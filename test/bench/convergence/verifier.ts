import type { AgentCall } from '../../../src/ports.ts';
import type { Claim } from './claims.ts';
import { liveIn } from './key.ts';
import { addedIn, idsIn, planIn } from './prompt.ts';
import { pick, poisson, type Random } from './random.ts';
import { answerOf, findingOf, sentenceOf, soundOf } from './reviewer.ts';
import { claimOf, lastFix, type Scene, type Script } from './scene.ts';
import { sentencesOf, type Sentence } from './text.ts';

/** Says of each finding whether it is fixed, mostly rightly, and raises some of what the fix broke. */
export const verify: Script = (call, scene, random) => {
  const plan = planIn(call.prompt);
  const { saysFixed, saysFixedWrongly } = scene.parameters;
  const states = idsIn(call.prompt).map((id) => ({ id, isFixed: isGone(claimOf(scene, id), plan) }));
  const broken = brokenBy(call, plan, scene, random);
  if (call.purpose !== 'verify') {
    const left = states.filter(({ isFixed }) => !isFixed && random() >= saysFixedWrongly);
    return answerOf([...left.flatMap(({ id }) => standing(id, plan, scene)), ...broken], {
      call,
      scene,
      random,
    });
  }
  const checks = states.map(({ id, isFixed }) => {
    const isSaid = random() < (isFixed ? saysFixed : saysFixedWrongly);
    return {
      id,
      verdict: isSaid ? 'fixed' : 'not_fixed',
      makes_instance_impossible: isSaid,
      why: isSaid ? 'The sentence now excludes that run.' : 'The run is still possible.',
    };
  });
  const findings = broken.map((claim) => ({ ...findingOf(scene, random, claim), confidence: 0.8 }));
  return JSON.stringify({ summary: 'Checked.', checks, findings });
};

/** A defect is gone with its sentence. Anything else was never there, and any edit satisfies who raised it. */
function isGone(claim: Claim | undefined, plan: string): boolean {
  return typeof claim?.about !== 'object' || !plan.includes(`\`${claim.about.token}\``);
}

function standing(id: string, plan: string, scene: Scene): Claim[] {
  const claim = claimOf(scene, id);
  const sentence = typeof claim?.about === 'object' ? sentenceOf(claim.about, sentencesOf(plan)) : undefined;
  return claim && sentence ? [{ ...claim, isBlocking: true, sentence }] : [];
}

/** What it sees of what the last fix brought in, and what it only believes to see there. */
function brokenBy({ prompt }: AgentCall, plan: string, scene: Scene, random: Random): Claim[] {
  const { parameters, fixture } = scene;
  const sentences = sentencesOf(plan);
  const fix = lastFix(scene);
  const real = liveIn(fixture.key, plan).flatMap((defect): Claim[] => {
    const isOfFix = defect.bornIn !== null && defect.bornIn === fix && defect.isBlocking;
    const sentence = isOfFix && random() < parameters.seesInduced ? sentenceOf(defect, sentences) : undefined;
    return sentence ? [{ about: defect, isBlocking: true, sentence }] : [];
  });
  const fresh = writtenBy(prompt, sentences);
  const times = fresh.length > 0 ? poisson(random, parameters.falseOfFix) : 0;
  const imagined = Array.from({ length: times }, (): Claim => ({
    about: 'false',
    isBlocking: true,
    sentence: pick(random, fresh),
  }));
  return [...real, ...imagined];
}

function writtenBy(prompt: string, sentences: readonly Sentence[]): Sentence[] {
  const added = [...addedIn(prompt)];
  return soundOf(sentences).filter(({ raw }) =>
    added.some((line) => line.includes(raw.split('\n', 1)[0] ?? raw)),
  );
}
