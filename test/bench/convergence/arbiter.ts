import { isRealBlocking, type Claim } from './claims.ts';
import { chunksIn } from './prompt.ts';
import { pick, type Random } from './random.ts';
import { claimOf, meant, type Scene, type Script } from './scene.ts';

type Facts = { readonly real: boolean; readonly consequence: string; readonly likelihood: string };

/** States what is so of each finding it is shown: right about most, and never a word on how bad it is. */
export const arbitrate: Script = ({ prompt }, scene, random) => {
  const rulings = chunksIn(prompt).map(({ index, title, text }) => {
    const claim = claimIn(title, text, scene);
    return {
      index,
      ...factsOf(claim, scene, random),
      quote_supports_claim: true,
      fix_kind: 'guard',
      cause: '',
      same_as: claim ? (repeated(claim, text, scene) ?? '') : '',
      reason: 'The section says so.',
      likelihood_reason: 'It takes an ordinary day.',
    };
  });
  return JSON.stringify({ summary: 'Ruled.', rulings });
};

function claimIn(title: string, text: string, scene: Scene): Claim | undefined {
  const raised = scene.claims.get(title)?.findLast(({ body }) => text.includes(body));
  return raised && meant(scene, raised);
}

function factsOf(claim: Claim | undefined, { parameters }: Scene, random: Random): Facts {
  const isKept = claim?.isBlocking === true && random() < chanceToKeep(claim, parameters);
  if (isKept) {
    const consequence = pick(random, ['wrong-build', 'lost-data', 'unbuildable', 'contradiction']);
    return { real: true, consequence, likelihood: pick(random, ['normal-path', 'plausible', 'plan-silent']) };
  }
  const isMinor = typeof claim?.about === 'object' && !claim.about.isBlocking;
  return isMinor
    ? { real: true, consequence: 'rework', likelihood: 'plausible' }
    : { real: false, consequence: 'none', likelihood: 'unlikely' };
}

function chanceToKeep(claim: Claim, { keepsReal, keepsNoise }: Scene['parameters']): number {
  return isRealBlocking(claim) ? keepsReal : keepsNoise;
}

/** Of what it is offered, the finding that is the same defect. */
function repeated({ about }: Claim, text: string, scene: Scene): string | undefined {
  const offered = /^May repeat: (.*)$/m.exec(text)?.[1] ?? '';
  return [...offered.matchAll(/\b(F\d+) \(/g)]
    .map(([, id = '']) => id)
    .find((id) => typeof about === 'object' && claimOf(scene, id)?.about === about);
}
