import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { picture } from '../picture/picture.ts';
import { openWorld, type World } from '../rig/world.ts';

const COLUMNS = 124;
const PICTURE = fileURLToPath(new URL('../../docs/picture.svg', import.meta.url));

/** What the demonstration prints, in colour, without what differs from one run to the next. */
async function demonstration(world: World): Promise<string[]> {
  const { code, stderr } = await world.cli(['demo'], { env: { FORCE_COLOR: '1', TMPDIR: world.root } });
  expect(code).toBe(0);
  const shas = [...new Set(stderr.match(/\b[0-9a-f]{7}\b(?= )/g))];
  const named = shas.reduce((text, sha, index) => text.replaceAll(sha, SHAS[index] ?? sha), stderr);
  let second = 0;
  return named
    .replaceAll(/\S*refine-plan-demo-\w+/g, '/tmp/refine-plan-demo')
    .replaceAll(/\(\d\d:\d\d:\d\d\)/g, () => `(14:03:${10 + 2 * second++})`)
    .replaceAll(/\b\d{8}T\d{6}Z/g, '20261120T140309Z')
    .replaceAll(/\b(?:\d+m)?\d+s\b/g, '1s')
    .trimEnd()
    .split('\n');
}

/** In the order in which the commits are named. */
const SHAS = ['3fa9c21', '8d04be7', '51c6e90'];

/** The first screen: up to where the plan, the state and the commits are told. */
function firstScreen(lines: readonly string[]): string[] {
  const plan = lines.findIndex((line) => line.startsWith('Plan '));
  const table = lines.findIndex((line) => line.startsWith('┌'));
  const end = lines.findIndex((line) => line.startsWith('└'));
  return ['$ npm run demo', ...lines.slice(0, table - 1), ...lines.slice(end + 1, plan - 1)];
}

describe('the picture of the README', { timeout: 120_000 }, () => {
  it('shows what the demonstration prints, and is written anew by `npm run picture`', async () => {
    using world = openWorld();

    const lines = firstScreen(await demonstration(world));
    expect(lines.filter((line) => stripVTControlCharacters(line).length > COLUMNS)).toEqual([]);

    await expect(
      picture(lines, { columns: COLUMNS, title: 'A run of refine-plan on a plan with four defects' }),
    ).toMatchFileSnapshot(PICTURE);
  });

  it('needs nothing from elsewhere, runs nothing, and its text is text', () => {
    const svg = readFileSync(PICTURE, 'utf8');

    expect(svg).not.toMatch(/<script|<image|href=|@import|url\(|@font-face/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toMatch(/<text[^>]*>─ .*3 findings: 1C 1H 1M 0L.*<\/text>/);
  });
});
