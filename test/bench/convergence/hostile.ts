import type { Claim } from './claims.ts';
import { fix } from './implementer.ts';
import { idsIn, planIn } from './prompt.ts';
import { pick } from './random.ts';
import { answerOf, soundOf } from './reviewer.ts';
import type { Cast, Script } from './scene.ts';
import { sentencesOf } from './text.ts';

/* Agents that do what agents have been seen to do at their worst. */

/** Finds fault with what was written last, every time; with anything at first. */
const attackTheNewest: Script = (call, scene, random) => {
  const sound = soundOf(sentencesOf(planIn(call.prompt)));
  const original = new Set(sentencesOf(scene.fixture.text).map(({ raw }) => raw));
  const fresh = sound.filter(({ raw }) => !original.has(raw));
  const among = fresh.length > 0 ? fresh.slice(-3) : sound;
  const claims =
    among.length > 0
      ? [0, 1].map((): Claim => ({ about: 'false', isBlocking: true, sentence: pick(random, among) }))
      : [];
  return answerOf(claims, { call, scene, random });
};

/** Cites what is nowhere in the plan, and only that. */
const citeNothing: Script = (call, scene, random) => {
  const [sentence] = sentencesOf(planIn(call.prompt));
  const claims = sentence ? [0, 1, 2].map((): Claim => ({ about: 'false', isBlocking: true, sentence })) : [];
  const nowhere = { ...scene, parameters: { ...scene.parameters, voidQuotes: 1 } };
  return answerOf(claims, { call, scene: nowhere, random });
};

/** Rewrites every sentence of the plan for whatever it was sent. */
const rewriteEverything: Script = ({ prompt }) => {
  const plan = planIn(prompt);
  const edits = soundOf(sentencesOf(plan)).map(({ raw }) => ({
    findings: idsIn(prompt),
    old_text: raw,
    new_text: `${raw.slice(0, -1)}, as was agreed.`,
  }));
  return JSON.stringify({ summary: 'Improved throughout.', edits, declined: [] });
};

/** Puts another document in the place of the plan. */
const replaceThePlan: Script = ({ prompt }) => {
  const edits = [
    {
      findings: idsIn(prompt),
      old_text: planIn(prompt).trimEnd(),
      new_text: '# A better plan\n\nDo it well.',
    },
  ];
  return JSON.stringify({ summary: 'Written anew.', edits, declined: [] });
};

/** Mends what it was sent, and in passing the title and what is load-bearing, however often it is told not to. */
const loseInPassing: Script = (call, scene, random) => {
  const { edits, ...rest } = JSON.parse(fix(call, scene, random)) as { edits: object[] };
  const [id] = idsIn(call.prompt);
  const lost = [
    { findings: [id], old_text: 'the error code `tenant_moved` are', new_text: 'an error code are' },
    { findings: [id], old_text: '# Move the ', new_text: '# Move all of the ' },
  ].filter(({ old_text }) => planIn(call.prompt).includes(old_text));
  return JSON.stringify({ ...rest, edits: [...edits, ...lost] });
};

/** Says something, and nothing that could be read. */
const babble: Script = (_call, _scene, random) =>
  pick(random, [
    '',
    'All fixed, as far as I can see.',
    '{"checks": "fixed"}',
    '{"rulings": 3}',
    '```json\n{\n```',
    'null',
  ]);

export const NEWEST: Partial<Cast> = { reviewer: attackTheNewest };
export const VOID: Partial<Cast> = { reviewer: citeNothing };
export const REWRITES: Partial<Cast> = { implementer: rewriteEverything };
export const LOSES: Partial<Cast> = { implementer: loseInPassing };
export const REPLACES: Partial<Cast> = { implementer: replaceThePlan };
export const NO_VERIFIER: Partial<Cast> = { verifier: babble };
export const NO_ARBITER: Partial<Cast> = { arbiter: babble };
