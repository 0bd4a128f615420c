import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** What a clone has of the package before anything is built. */
const SOURCES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'LICENSE',
  'README.md',
  'docs',
  'man',
  'references',
  'src',
  'test/vitest.config.ts',
];
const APPROVAL = JSON.stringify({ verdict: 'approve', summary: 'Nothing.', findings: [], next_steps: [] });

/** A clone in which nothing was built, the package that npm makes of it, and that package unpacked where nothing else is. */
let place: Awaited<ReturnType<typeof packed>>;
beforeAll(() => void (place = packed()));
afterAll(() => rmSync(place.dir, { recursive: true, force: true }));

describe('the package that npm makes of a fresh clone', () => {
  it('holds the program, what agents read, the man page and the licences, and nothing else', () => {
    const references = filesBelow(join(place.clone, 'references')).map((name) => `references/${name}`);

    expect(place.files.filter((name) => !name.startsWith('dist/'))).toEqual(
      ['LICENSE', 'README.md', 'man/refine-plan.1', 'package.json', ...references].toSorted(),
    );
  });

  it('holds of the program two that are started, the parts they load, and the licences of what is in them', () => {
    const dist = place.files.filter((name) => name.startsWith('dist/'));

    expect(dist).toEqual(expect.arrayContaining(['dist/LICENSES.txt', 'dist/demo-agent.js', 'dist/main.js']));
    expect(
      dist.filter((name) => !/^dist\/(?:LICENSES\.txt|(?:main|demo-agent|[\w-]+-[\w-]{8})\.js)$/.test(name)),
    ).toEqual([]);
  });

  it('needs no other package, and has no script that is run where it is installed', () => {
    const { dependencies, optionalDependencies, peerDependencies, scripts } = JSON.parse(
      readFileSync(join(place.unpacked, 'package.json'), 'utf8'),
    );

    expect({ dependencies, optionalDependencies, peerDependencies }).toEqual({});
    expect(Object.keys(scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name))).toEqual(
      [],
    );
  });

  it('is published for all to install, with where it was built', () => {
    const { publishConfig } = JSON.parse(readFileSync(join(place.unpacked, 'package.json'), 'utf8'));

    expect(publishConfig).toEqual({ access: 'public', provenance: true });
  });

  it('says its version with no other package around it', () => {
    expect(existsSync(join(place.unpacked, 'node_modules'))).toBe(false);
    expect(place.node('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('reviews a plan with no other package around it', () => {
    writeFileSync(join(place.dir, 'plan.md'), '# A plan\n\nSend a mail.\n');
    writeFileSync(join(place.dir, 'answer.json'), APPROVAL);

    const { status, stdout } = place.node('review', 'plan.md', '--json', '--reviewer', 'cmd:cat answer.json');

    expect({ status, said: JSON.parse(stdout) }).toMatchObject({ status: 0, said: { verdict: 'approve' } });
  });

  it('is run by npx', () => {
    const args = ['--yes', '--offline', `--package=${place.tarball}`, 'refine-plan', '--version'];
    const { status, stdout } = spawnSync('npx', args, { cwd: place.dir, env: place.env, encoding: 'utf8' });

    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });
});

function packed() {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-package-')));
  const [clone, home] = [join(dir, 'clone'), join(dir, 'home')];
  for (const name of SOURCES) cpSync(join(ROOT, name), join(clone, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  mkdirSync(home);
  const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, HOME: home, CI: 'true' };
  const options = { cwd: clone, env, encoding: 'utf8' as const, stdio: 'pipe' as const };
  const said = execFileSync('npm', ['pack', '--json', '--offline', '--pack-destination', dir], options);
  const [{ filename, files }] = JSON.parse(said);
  const tarball = join(dir, filename);
  execFileSync('tar', ['-xzf', tarball, '-C', dir]);
  const unpacked = join(dir, 'package');
  const node = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
    const main = join(unpacked, 'dist/main.js');
    const end = spawnSync(process.execPath, [main, ...args], { cwd: dir, env, encoding: 'utf8' });
    return { status: end.status, stdout: end.stdout, stderr: end.stderr };
  };
  const names: string[] = files.map(({ path }: { path: string }) => path).toSorted();
  return { dir, clone, env, tarball, unpacked, files: names, node };
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
}
