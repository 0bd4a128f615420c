import { addDefect, defectiveSentence, type Key } from './key.ts';
import type { Parameters } from './parameters.ts';
import { pick, poisson, randomFrom, shuffled, type Random } from './random.ts';
import { soundSentence, TASTES, WHO } from './sentences.ts';
import { laidOut, type Layout } from './text.ts';

/** A plan to work on, and what is wrong with it. */
export type Fixture = { readonly text: string; readonly key: Key; readonly layout: Layout; readonly hasTaste: boolean };

const SECTIONS = ['Context', 'Data', 'Import', 'Schedule', 'Interfaces', 'Rollout', 'Rollback', 'Access', 'Acceptance'];

const LAYOUTS = ['sentences', 'sentences', 'columns', 'paragraphs'] as const;

/** The plan of a seed: each defect is one sentence in a block of its own, among sound ones. */
export function fixture(seed: number, parameters: Parameters): Fixture {
  const random = randomFrom(`plan ${seed}`);
  const key: Key = { defects: [] };
  const taken = new Set<string>();
  const sound = (): string => {
    const sentence = soundSentence(random, (it) => taken.has(it));
    taken.add(sentence);
    return sentence;
  };
  const around = (middle: readonly string[], most: number): string[] => [
    ...middle,
    ...Array.from({ length: Math.floor(random() * (most + 1)) }, sound),
  ];
  const latent = [
    ...Array.from({ length: poisson(random, parameters.blocking) }, () => true),
    ...Array.from({ length: poisson(random, parameters.minor) }, () => false),
  ].map((isBlocking) => addDefect(key, random, parameters, { isBlocking, generation: 0, bornIn: null }));
  const hasTaste = random() < parameters.taste;
  const layout = pick(random, LAYOUTS);
  const blocks = shuffled(random, [
    ...latent.map((defect) => shuffled(random, around([defectiveSentence(defect, Math.floor(random() * 3))], 2))),
    ...Array.from({ length: parameters.sound }, () => around([sound()], 2)),
    ...(hasTaste ? [around([TASTES[0]], 1)] : []),
  ]);
  return { text: assemble(random, blocks, layout), key, layout, hasTaste };
}

function assemble(random: Random, blocks: readonly (readonly string[])[], layout: Layout): string {
  const most = Math.ceil(blocks.length / SECTIONS.length);
  const sections = SECTIONS.map((heading, index) => {
    const own = blocks.slice(index * most, (index + 1) * most);
    const form = pick(random, ['paragraphs', 'bullets', 'steps'] as const);
    const body = own.map((sentences, nth) => {
      const marker = form === 'paragraphs' ? '' : form === 'bullets' ? '- ' : `${nth + 1}. `;
      return marker + laidOut(sentences, layout, ' '.repeat(marker.length));
    });
    const title = `## ${heading}\n`;
    return [title, body.join(form === 'paragraphs' ? '\n\n' : '\n')].join('\n');
  });
  const [first = '', ...rest] = sections;
  return `${[`# Move the ${pick(random, WHO)} to the new cluster`, first, CONTRACT, ...rest].join('\n\n')}\n`;
}

const CONTRACT = `## Contract

**Load-bearing:** the header \`X-Tenant\` and the error code \`tenant_moved\` are read by the mobile apps, and stay.`;
