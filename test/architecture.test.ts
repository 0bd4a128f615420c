import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/* The layers of docs/architecture.md, read off the imports. */

const SRC = new URL('../src', import.meta.url).pathname;

/** What a layer may import: other layers, packages, `node` for Node's own modules. Itself, always. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  core: [
    'lib',
    'zod',
    'diff',
    'jsonrepair',
    'approx-string-match',
    'markdown-it',
    'mdast',
    'mdast-util-from-markdown',
    'mdast-util-frontmatter',
    'mdast-util-gfm-table',
    'mdast-util-to-string',
    'micromark-extension-frontmatter',
    'micromark-extension-gfm-table',
  ],
  ports: ['core', 'lib'],
  errors: ['core', 'lib', 'node'],
  process: ['errors', 'lib', 'node', 'execa'],
  steps: ['core', 'ports', 'errors', 'lib', 'zod'],
  agents: ['core', 'ports', 'errors', 'lib', 'process', 'node', 'zod'],
  git: ['core', 'ports', 'errors', 'lib', 'process', 'node', 'simple-git'],
  store: ['core', 'ports', 'errors', 'lib', 'process', 'node', 'zod'],
  report: ['core', 'errors', 'lib', 'diff', 'sarif', 'fast-string-width', 'zod'],
  ui: ['core', 'ports', 'errors', 'lib', 'node', 'ora', '@inquirer/prompts', 'picocolors', 'string-width'],
  'package-file': [],
  demo: ['node', 'package-file'],
  cli: [
    'agents',
    'core',
    'errors',
    'git',
    'lib',
    'node',
    'package-file',
    'ports',
    'process',
    'report',
    'steps',
    'store',
    'ui',
    'commander',
    'jsonc-parser',
    'yaml',
    'zod',
  ],
  main: ['cli'],
};

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));

const STATIC = /^(?:import|export)\b[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gms;
const LAZY = /\bimport\('([^']+)'\)/g;

/** What a file imports, types included: paths below `src`, or the names of packages. */
function importsOf(path: string, pattern: RegExp): string[] {
  const text = readFileSync(join(SRC, path), 'utf8');
  return [...text.matchAll(pattern)].map(([, from, bare]) => {
    const name = from ?? bare ?? '';
    return name.startsWith('.') ? relative(SRC, join(SRC, dirname(path), name)) : name;
  });
}

/** `core` for `core/fact.ts`, `ports` for `ports.ts`, `errors` for both its forms, `node` for `node:fs`. */
function layerOf(name: string): string {
  if (name.endsWith('.ts')) return (name.split('/', 1)[0] ?? '').replace(/\.ts$/, '');
  return name.startsWith('node:') || builtinModules.includes(name) ? 'node' : name;
}

const LOADED = new Map(FILES.map((path) => [path, importsOf(path, STATIC)]));
const IMPORTS = new Map(FILES.map((path) => [path, [...(LOADED.get(path) ?? []), ...importsOf(path, LAZY)]]));

describe('the source', () => {
  it('has files in the layers that are known, and in no others', () => {
    expect([...new Set(FILES.map(layerOf))].toSorted()).toEqual(Object.keys(LAYERS).toSorted());
  });

  it.each(Object.entries(LAYERS))('imports from %s only what that layer may see', (layer, allowed) => {
    const forbidden = FILES.filter((path) => layerOf(path) === layer).flatMap((path) =>
      (IMPORTS.get(path) ?? [])
        .filter((name) => layerOf(name) !== layer && !allowed.includes(layerOf(name)))
        .map((name) => `${path} imports ${name}`),
    );

    expect(forbidden).toEqual([]);
  });

  it('imports files that are there, by their names with `.ts`', () => {
    const missing = [...IMPORTS].flatMap(([path, names]) =>
      names
        .filter((name) => name.endsWith('.ts') && !FILES.includes(name))
        .map((name) => `${path} imports ${name}`),
    );

    expect(missing).toEqual([]);
  });

  it('has no cycle', () => {
    expect(cycles()).toEqual([]);
  });

  it('has no file of more than 300 lines', () => {
    const long = FILES.filter((path) => lengthOf(path) > 300).map(
      (path) => `${path}: ${lengthOf(path)} lines`,
    );

    expect(long).toEqual([]);
  });

  it('has no index, and names its files in kebab-case', () => {
    expect(
      FILES.filter(
        (path) => /(?:^|\/)index\.ts$/.test(path) || !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(path),
      ),
    ).toEqual([]);
  });

  it('has no default export', () => {
    expect(FILES.filter((path) => /^export default\b/m.test(readFileSync(join(SRC, path), 'utf8')))).toEqual(
      [],
    );
  });
});

/** Lines that say something: as the linter counts, without blank lines and comments. */
function lengthOf(path: string): number {
  const code = readFileSync(join(SRC, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

/** One path for every import that leads back to where it came from. What is loaded later, when it is called for, may. */
function cycles(): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) found.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (way.includes(path) || done.has(path)) return;
    for (const name of LOADED.get(path) ?? []) visit(name, [...way, path]);
    done.add(path);
  };
  for (const path of FILES) visit(path, []);
  return found;
}
