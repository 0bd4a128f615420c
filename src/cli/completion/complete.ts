import { join, relative, resolve } from 'node:path';
import { UserError } from '../../errors.ts';
import { planCandidates } from '../../git/candidates.ts';
import { oneLine } from '../../lib/text.ts';
import type { CommonFlags } from '../flags.ts';
import { catchSignals } from '../interruption.ts';
import { placeOf } from '../place.ts';
import { runsHere } from '../runs-here.ts';
import { valueOf } from '../settings.ts';
import { processWorld, type World } from '../world.ts';
import { commandWords, offerFor, type Word } from './offers.ts';

/** What a shell is told: a kind in the first line, then a word and its meaning in each. */
type Told = { readonly kind: 'words' | 'files' | 'dirs'; readonly words: readonly Word[] };

/**
 * `refine-plan __complete [--new-word] <words>`: what the scripts of `completion` ask, with what was typed so far. The last
 * word is the one to complete; `--new-word` says that it is still empty, for shells that lose an empty one.
 */
export async function completeWords(given: readonly string[]): Promise<number> {
  const words = given[0] === '--new-word' ? [...given.slice(1), ''] : given;
  using signals = catchSignals();
  const world = processWorld(dirIn(words), signals);
  const { kind, words: found } = await told(words, world);
  const lines = found
    .filter(({ word }) => word.startsWith(words.at(-1) ?? '') && word === oneLine(word))
    .map(({ word, help }) => (help === '' ? word : `${word}\t${oneLine(help)}`));
  world.stdout.write(`${[kind, ...lines].join('\n')}\n`);
  return 0;
}

function dirIn(words: readonly string[]): string | undefined {
  const at = words.slice(0, -2).indexOf('-C');
  return at === -1 ? undefined : words[at + 1];
}

async function told(words: readonly string[], world: World): Promise<Told> {
  const offer = offerFor(words);
  switch (offer.kind) {
    case 'words':
      return offer;
    case 'files':
    case 'dirs':
      return { kind: offer.kind, words: [] };
    case 'plans':
      return orFiles(await plansHere(world), words.at(-1) ?? '');
    case 'runs':
      return { kind: 'words', words: [...(await runIds(world)), ...(await plansHere(world))] };
    case 'commands-or-plans':
      return orFiles([...commandWords(), ...(await plansHere(world))], words.at(-1) ?? '');
    default:
      return { kind: 'words', words: [] };
  }
}

/** A plan may be any file. */
function orFiles(found: readonly Word[], current: string): Told {
  const fits = found.some(({ word }) => word.startsWith(current));
  return fits ? { kind: 'words', words: found } : { kind: 'files', words: [] };
}

async function plansHere(world: World): Promise<Word[]> {
  return orNone(async () => {
    const { repo, resolution } = await placeOf(world.cwd, NO_FLAGS, world);
    if (!repo) return [];
    const names = await planCandidates(String(valueOf(resolution, 'plan-glob')), { root: repo.root, world });
    return names.map((name) => ({ word: relative(world.cwd, join(repo.root, name)), help: 'a plan' }));
  });
}

async function runIds(world: World): Promise<Word[]> {
  return orNone(async () => {
    const runs = await runsHere(NO_FLAGS, world);
    return runs.map(({ id, status, plan }) => ({
      word: id,
      help: `${status}, ${relative(world.cwd, resolve(plan))}`,
    }));
  });
}

/** Whatever is wrong with this place is said by commands, not in the middle of typing one. */
async function orNone(look: () => Promise<Word[]>): Promise<Word[]> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

const NO_FLAGS: CommonFlags = {
  dir: undefined,
  config: undefined,
  json: false,
  quiet: true,
  verbose: false,
  noColor: true,
  trustProject: false,
  dryRun: false,
  takeLock: false,
  format: 'text',
  output: undefined,
  reportOn: 'low',
  watch: false,
  because: undefined,
  settings: new Map(),
  given: new Map(),
};
