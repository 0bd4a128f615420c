import { answerOf, sentenceOf } from './reviewer.ts';
import { planIn } from './prompt.ts';
import { liveIn } from './key.ts';
import { sentencesOf } from './text.ts';
import type { Script } from './scene.ts';

/** Looks at the last fix: sees some of what is wrong with it. */
export const verify: Script = (call, scene, random) => {
  const plan = planIn(call.prompt);
  const sentences = sentencesOf(plan);
  const fixes = [...scene.fixes.keys()].filter((key) => key.startsWith(`${call.round}/`));
  const claims = liveIn(scene.fixture.key, plan).flatMap((defect) => {
    const isNew = defect.bornIn !== null && fixes.includes(defect.bornIn);
    const sentence = sentenceOf(defect, sentences);
    if (!isNew || !defect.isBlocking || !sentence || random() >= scene.parameters.seesInduced) return [];
    return [{ about: defect, isBlocking: true, sentence }];
  });
  return answerOf(scene, random, plan, claims);
};
