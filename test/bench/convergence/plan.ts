import { addDefect, defectiveSentence, type Key } from './key.ts';
import type { Parameters } from './parameters.ts';
import { pick, poisson, randomFrom, shuffled, type Random } from './random.ts';
import { soundSentence, TASTES, WHO } from './sentences.ts';
import { laidOut, type Layout } from './text.ts';

/** A plan to work on, and what is wrong with it. */
export type Fixture = {
  readonly text: string;
  readonly outline: Outline;
  readonly layout: Layout;
  readonly key: Key;
  readonly hasTaste: boolean;
};

/** A plan before it is laid out: sections of blocks of sentences. */
export type Outline = { readonly title: string; readonly sections: readonly Section[] };

export type Section = {
  readonly heading: string;
  readonly form: 'paragraphs' | 'bullets' | 'steps';
  readonly blocks: readonly (readonly string[])[];
};

const SECTIONS = [
  'Context',
  'Data',
  'Import',
  'Schedule',
  'Interfaces',
  'Rollout',
  'Rollback',
  'Access',
  'Acceptance',
];

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
    ...latent.map((defect) =>
      shuffled(random, around([defectiveSentence(defect, Math.floor(random() * 3))], 2)),
    ),
    ...Array.from({ length: parameters.sound }, () => around([sound()], 2)),
    ...(hasTaste ? [around([TASTES[0]], 1)] : []),
  ]);
  const outline = {
    title: `Move the ${pick(random, WHO)} to the new cluster`,
    sections: divided(random, blocks),
  };
  return { text: written(outline, layout), outline, layout, key, hasTaste };
}

function divided(random: Random, blocks: readonly (readonly string[])[]): Section[] {
  const most = Math.ceil(blocks.length / SECTIONS.length);
  return SECTIONS.map((heading, index) => ({
    heading,
    form: pick(random, ['paragraphs', 'bullets', 'steps'] as const),
    blocks: blocks.slice(index * most, (index + 1) * most),
  }));
}

/** The outline as markdown. */
export function written({ title, sections }: Outline, layout: Layout): string {
  const [first, ...rest] = sections.map((section) => sectionText(section, layout));
  return `${[`# ${title}`, first, CONTRACT, ...rest].join('\n\n')}\n`;
}

function sectionText({ heading, form, blocks }: Section, layout: Layout): string {
  const body = blocks.map((sentences, nth) => {
    const marker = form === 'paragraphs' ? '' : form === 'bullets' ? '- ' : `${nth + 1}. `;
    return marker + laidOut(sentences, layout, ' '.repeat(marker.length));
  });
  return `## ${heading}\n\n${body.join(form === 'paragraphs' ? '\n\n' : '\n')}`;
}

const CONTRACT = `## Contract

**Load-bearing:** the header \`X-Tenant\` and the error code \`tenant_moved\` are read by the mobile apps, and stay.`;
