import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, watch } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join, relative } from 'node:path';
import { DEFECTS, ended, PLAN, readyWorld, type Ended, type World } from '../rig/world.ts';

/** A ready world whose plan has one defect: a run is one fix and the review that finds nothing more. */
export function briefWorld(): World {
  const world = readyWorld();
  world.defects(DEFECTS.slice(1, 2));
  return world;
}

/** The plan once that defect is closed. */
export const FIXED = PLAN.replace(
  'Send a mail to each customer.',
  'Send a mail to each customer whose `mailed_at` is empty, and set it.',
);

type Options = Parameters<World['cli']>[1];

/** Runs a command that must be refused before anything is written, and gives its exit code and words. */
export async function refusal(
  world: World,
  args: readonly string[],
  options: Options = {},
): Promise<{ readonly code: number | null; readonly said: string }> {
  const before = treeOf(world.repo);
  const { code, stdout, stderr } = await world.cli(args, options);
  const after = treeOf(world.repo);
  const changed = [
    ...after.filter((file) => !before.includes(file)),
    ...before.filter((file) => !after.includes(file)),
  ];
  if (changed.length > 0) throw new Error(`Something was written: ${changed.join(', ')}`);
  if (stdout !== '') throw new Error(`Something was printed on stdout: ${stdout}`);
  return { code, said: scrub(stderr, world) };
}

/** Text without what differs from one run to the next. */
export function scrub(text: string, { root }: Pick<World, 'root'>): string {
  return text
    .replaceAll(root, '<root>')
    .replace(/\b\d{8}T\d{6}Z(?:-\d+)?/g, '<time>')
    .replace(/\(\d\d:\d\d:\d\d\)/g, '(<clock>)')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<ts>')
    .replace(/\b\d\ds\b( +│)/g, '0s $1') // a column keeps its width
    .replace(/\b\d{1,2}s\b/g, '0s')
    .replace(/\b[0-9a-f]{7}\.\.[0-9a-f]{7}\b/g, '<from>..<to>')
    .replace(/\bcommit [0-9a-f]{7}\b/g, 'commit <sha>');
}

/** Every file below a directory with its bytes or target, so that two of these lists tell what changed. Git's own are left out. */
export function treeOf(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ path }) => !`${relative(dir, path)}/`.includes('.git/'))
    .map(({ entry, path }) => `${relative(dir, path)}: ${contentOf(path, entry)}`)
    .toSorted();
}

function contentOf(path: string, entry: { isFile: () => boolean; isSymbolicLink: () => boolean }): string {
  if (entry.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return entry.isFile() ? readFileSync(path, 'latin1').slice(0, 2000) : '';
}

/** A directory with nothing but these programs, to be the whole PATH. */
export function pathWithOnly(world: World, ...programs: readonly string[]): string {
  const dir = join(world.root, `bin-${programs.join('-')}`);
  mkdirSync(dir);
  for (const program of programs) {
    const real = execFileSync('which', [program], { encoding: 'utf8' }).trim();
    symlinkSync(real, join(dir, program));
  }
  return dir;
}

/** Resolves once a check holds that something below a directory can make true: it is made again at every change there. */
export async function until(dir: string, holds: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const watcher = watch(dir, () => look());
    function look(): void {
      if (!holds()) return;
      watcher.close();
      resolve();
    }
    look();
  });
}

/** Resolves once the agents were given so many calls; the newest may be held. Throws when the program ends before. */
export async function untilCalled(world: World, calls: number, end: Promise<Ended>): Promise<void> {
  const called = until(world.root, () => world.calls().length >= calls);
  const early = end.then(({ stderr }) => Promise.reject(new Error(`The program ended first: ${stderr}`)));
  await Promise.race([called, early]);
}

/** Ends a run while its first calls are under way. */
export async function interrupt(world: World, args: readonly string[], calls = 1): Promise<void> {
  const child = world.start(args, { env: { WORLD_HOLD_REVIEWER: join(world.root, 'go') } });
  const end = ended(child);
  await untilCalled(world, calls, end);
  child.kill('SIGTERM');
  await end;
}

/** Resolves once a file is there. */
export function untilThere(path: string): Promise<void> {
  return until(dirname(path), () => existsSync(path));
}
