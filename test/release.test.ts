import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPT = 'src/release.mjs';
const VERSIONED = [
  '.claude-plugin/marketplace.json',
  'package-lock.json',
  'package.json',
  'references/plugin/.claude-plugin/plugin.json',
  'references/plugin/.codex-plugin/plugin.json',
];
const CHANGELOG = 'docs/changelog.md';
const PAGE =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.0.9] - 2026-01-01\n\n- Another.\n';

describe('npm run release', () => {
  it('makes one commit and one tag, in which every file has the new version', () => {
    using clone = openClone();
    const before = clone.git('rev-parse', 'HEAD');

    const end = clone.release('7.8.9');

    expect(end).toEqual({
      status: 0,
      stderr: '',
      stdout: 'v7.8.9 is committed and tagged. Publish it with: git push --atomic origin main v7.8.9\n',
    });
    expect(clone.git('log', '--format=%s', `${before}..v7.8.9`)).toBe('Release 7.8.9');
    expect(clone.git('diff', '--name-only', before, 'v7.8.9').split('\n')).toEqual(
      [...VERSIONED, CHANGELOG].toSorted(),
    );
    expect(clone.git('status', '--porcelain')).toBe('');
    for (const file of VERSIONED) expect(versionsIn(clone.read(file))).toEqual(['7.8.9']);
  });

  it('dates what was not released yet, and leaves room for what comes next', () => {
    using clone = openClone();
    const today = new Date().toISOString().slice(0, 10);

    clone.release('minor');

    const { version } = JSON.parse(clone.read('package.json'));
    expect(clone.read(CHANGELOG).replace(today, '<today>')).toBe(
      PAGE.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - <today>\n`),
    );
  });

  it.each<[why: string, said: string, spoil: (clone: Clone) => void, what?: string]>([
    ['a word that is no version', 'Say which release it is', () => undefined, 'next'],
    ['another branch', 'A release is made on main', (clone) => clone.git('switch', '-q', '-c', 'other')],
    ['changes', 'There are changes', (clone) => clone.write('package.json', '{}\n')],
    ['nothing to release', 'names nothing', (clone) => clone.commit(CHANGELOG, '## [Unreleased]\n')],
    ['a tag that is there', 'There is a tag v7.8.9', (clone) => clone.git('tag', 'v7.8.9')],
    ['a version left behind', 'does not say', (clone) => clone.commit(VERSIONED[0] ?? '', '{}\n')],
  ])('refuses %s, and leaves everything as it was', (_, said, spoil, what = '7.8.9') => {
    using clone = openClone();
    spoil(clone);
    const before = clone.state();

    const { status, stdout, stderr } = clone.release(what);

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(said);
    expect(clone.state()).toBe(before);
  });
});

describe('the version of the package', () => {
  it('stands in no file that a release does not change', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const naming = new RegExp(String.raw`(?<![\d.])${version.replaceAll('.', String.raw`\.`)}(?![\d.])`);
    const found = dataFiles().filter((file) => naming.test(readFileSync(join(ROOT, file), 'utf8')));

    expect(found.toSorted()).toEqual(VERSIONED);
    for (const file of VERSIONED)
      expect(versionsIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual([version]);
  });
});

type Clone = ReturnType<typeof openClone>;

/** A repository with what a release reads and writes, on main, and with a changelog of its own. */
function openClone() {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-release-')));
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: dir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  const git = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: dir, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
  const commit = (name: string, text: string): void => {
    write(name, text);
    git('commit', '-qm', 'Change it', '--', name);
  };
  for (const file of [...VERSIONED, SCRIPT, CHANGELOG]) cpSync(join(ROOT, file), join(dir, file));
  write(CHANGELOG, PAGE);
  write('.gitignore', '.npm/\n');
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'Begin');
  return {
    git,
    read,
    write,
    commit,
    release: (what: string) => {
      const end = spawnSync('node', [SCRIPT, what], { cwd: dir, env, encoding: 'utf8' });
      return { status: end.status, stdout: end.stdout, stderr: end.stderr };
    },
    state: () => [git('rev-parse', 'HEAD'), git('status', '--porcelain'), git('tag'), git('diff')].join('\n'),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Files of the repository that are read by programs: manifests, workflows, schemas, the man page. */
function dataFiles(): string[] {
  const options = { cwd: ROOT, recursive: true, withFileTypes: true, encoding: 'utf8' } as const;
  const elsewhere = ['node_modules', '.git', 'dist', 'test', '.cache', 'coverage'];
  return readdirSync(ROOT)
    .filter((name) => !elsewhere.includes(name))
    .flatMap((name) =>
      statSync(join(ROOT, name)).isDirectory()
        ? readdirSync(join(ROOT, name), options).map((entry) =>
            relative(ROOT, join(entry.parentPath, entry.name)),
          )
        : [name],
    )
    .filter((name) => /\.(?:json|ya?ml|1)$/.test(name));
}

/** Every version that a manifest, or the first entries of a lock file, give this package. */
function versionsIn(text: string): string[] {
  const manifest = JSON.parse(text);
  const all = [manifest, manifest.packages?.[''], ...(manifest.plugins ?? [])].map((it) => it?.version);
  return [...new Set(all.filter((version) => version !== undefined))];
}
