/* Makes a release: one commit with the version and the date, and its tag. It pushes nothing. `npm run release -- minor` */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const CHANGELOG = 'docs/changelog.md';
const UNRELEASED = '## [Unreleased]\n';
/** What names the version of the package beside package.json and its lock file. */
const MANIFESTS = [
  '.claude-plugin/marketplace.json',
  'references/plugin/.claude-plugin/plugin.json',
  'references/plugin/.codex-plugin/plugin.json',
];
const FILES = ['package.json', 'package-lock.json', CHANGELOG, ...MANIFESTS];

const [what = '', ...others] = process.argv.slice(2);
try {
  process.stdout.write(release());
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function release() {
  if (others.length > 0 || !/^(?:major|minor|patch|\d+\.\d+\.\d+)$/.test(what))
    throw new Error('Say which release it is: npm run release -- major, minor, patch or a version as 1.2.3');
  if (git('branch', '--show-current') !== 'main') throw new Error('A release is made on main.');
  if (git('status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  const [before, unreleased = '', after] = changelogParts();
  if (!/^- /m.test(unreleased)) throw new Error(`${CHANGELOG} names nothing that is not released yet.`);

  const [old, head] = [version(), git('rev-parse', 'HEAD')];
  try {
    run('npm', 'version', what, '--no-git-tag-version', '--allow-same-version');
    const tag = `v${version()}`;
    if (git('tag', '--list', tag) !== '') throw new Error(`There is a tag ${tag} already.`);
    const heading = `## [${version()}] - ${new Date().toISOString().slice(0, 10)}\n`;
    writeFileSync(CHANGELOG, `${before}${UNRELEASED}\n${heading}${unreleased}${after}`);
    for (const file of MANIFESTS) change(file, `"version": "${old}"`, `"version": "${version()}"`);
    git('commit', '--quiet', '--message', `Release ${version()}`, '--', ...FILES);
    git('tag', '--annotate', '--message', `refine-plan ${version()}`, tag);
    return `${tag} is committed and tagged. Publish it with: git push --atomic origin main ${tag}\n`;
  } catch (error) {
    git('restore', '--', ...FILES);
    git('reset', '--quiet', '--keep', head); // where the tag failed, the commit goes as well
    throw error;
  }
}

/** What stands before the entries that are not released yet, these entries, and the releases before. */
function changelogParts() {
  const text = readFileSync(CHANGELOG, 'utf8');
  const start = text.indexOf(UNRELEASED);
  if (start === -1) throw new Error(`${CHANGELOG} has no heading ${UNRELEASED.trim()}.`);
  const from = start + UNRELEASED.length;
  const next = text.indexOf('\n## [', from);
  const to = next === -1 ? text.length : next + 1;
  return [text.slice(0, start), text.slice(from, to), text.slice(to)];
}

function change(file, old, now) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(old)) throw new Error(`${file} does not say ${old}.`);
  writeFileSync(file, text.replace(old, now));
}

function version() {
  return JSON.parse(readFileSync('package.json', 'utf8')).version;
}

function git(...args) {
  return run('git', ...args);
}

function run(program, ...args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
