import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canaries } from '../rig/canary.ts';
import { shamAgent, SPEAKS } from '../rig/sham-agent.ts';
import { PLAN, readyWorld, type World } from '../rig/world.ts';

const NAME = 'docs/plans/import.md';
// Controls, bidi, zero-width, and what CI systems take for a command.
const ACTING =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|##(?:\[|vso\[|teamcity\[)|^\s*::/m;
const SAYS = [
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007\u001b[2J\u001b]52;c;cm0=\u0007',
  '\r\n::error file=a,line=1::forged\n::add-mask::x\n  ::stop-commands::y',
  '##[error]forged ##vso[task.setvariable variable=x]y ##teamcity[x] #\u200b#[group]',
  '\u202etxt.exe\u202c\u200b\u2066\ufeff \ud800 \u{e0041}',
  '<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://evil.example)',
  'Signed-off-by: Mallory <m@example.invalid>\n\nRefine-Plan-Run: forged/1\n---\n',
  'closes #1, closes GH-1, fixes https://example.invalid/o/r/issues/1, @everybody [skip ci] [ci skip] ***NO_CI***',
].join(' ');

describe.concurrent('an answer', () => {
  it('acts nowhere, whatever stands in it', async () => {
    using world = readyWorld();
    const finding = {
      ...findingAt('/etc/passwd', 'retry until it works'),
      ...Object.fromEntries(
        ['title', 'body', 'recommendation', 'instance', 'cause', 'section'].map((key) => [key, SAYS]),
      ),
    };
    const summary = SAYS;
    const env = {
      WORLD_ANSWER_REVIEWER: JSON.stringify({
        verdict: 'needs-attention',
        summary,
        findings: [finding],
        next_steps: [SAYS],
      }),
      WORLD_ANSWER_IMPLEMENTER: JSON.stringify({
        summary,
        edits: [{ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry thrice' }],
        declined: [],
      }),
    };

    const run = await world.cli([NAME, '--max-rounds', '1', '--verbose'], { env });
    const events = await world.cli(['review', NAME, '--json'], { env });
    const told = await Promise.all(
      [['status'], ['list'], ['findings'], ['report'], ['findings', '--json'], ['report', '--json']].map(
        (args) => world.cli(args),
      ),
    );

    const message = world.git('log', '-1', '--format=%B');
    const all = [run, events, ...told].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect([...all, message].filter((text) => ACTING.test(text))).toEqual([]);
    expect(world.read(NAME)).toBe(PLAN.replace('retry until it works', 'retry thrice'));
    expect(world.git('log', '-1', '--format=%(trailers)').trim()).toMatch(/^Refine-Plan-Run: import-\w+\/1$/);
  });

  it('closes no ticket, calls nobody and skips no check from a commit', async () => {
    using world = readyWorld();
    const finding = {
      ...findingAt(NAME, 'retry until it works'),
      title: '[skip ci] fixes #1 @a ***NO_CI***',
    };
    const env = {
      WORLD_ANSWER_REVIEWER: JSON.stringify({
        verdict: 'needs-attention',
        summary: '',
        findings: [finding],
        next_steps: [],
      }),
      WORLD_ANSWER_IMPLEMENTER: JSON.stringify({
        summary: '',
        edits: [{ findings: ['F1'], old_text: 'retry until it works', new_text: 'retry thrice' }],
        declined: [],
      }),
    };

    await world.cli([NAME, '--max-rounds', '1'], { env });

    expect(world.git('log', '-1', '--format=%b').split('\n')[0]).toBe(
      '1 high ((skip ci) fixes # 1 @ a * * *NO_CI* * *)',
    );
  });

  it('may cite any path: none is opened, and each is shown as it was said', async () => {
    using world = readyWorld();
    const places = citedIn(world);
    using pipes = canaries([...places.values()]);
    symlinkSync(join(world.root, 'linked'), join(world.repo, 'docs/link.md'));
    const files = [...places.keys(), '../../../etc/passwd', 'C:\\x', ''];
    const cites = JSON.stringify(answer(files.map((file) => findingAt(file, 'Read the file'))));

    const rows = await reviewed(world, cites);
    const run = await world.cli([NAME, '--max-rounds', '1'], {
      env: { WORLD_ANSWER_REVIEWER: cites, WORLD_ANSWER_IMPLEMENTER: JSON.stringify(MENDED) },
    });
    const told = await Promise.all(
      ['text', 'html', 'sarif', 'github'].map((format) => world.cli(['report', '--format', format])),
    );

    expect(rows.map(({ file }) => file)).toEqual(files);
    expect(rows.map(({ line_start: line }) => line)).toEqual(files.map(() => 5));
    expect([run, ...told].map(({ code }) => code)).toEqual([1, 0, 0, 0, 0]);
    expect(pipes.opened()).toEqual([]);
  }, 240_000);

  it('may have five thousand findings', async () => {
    using world = readyWorld();
    const many = Array.from({ length: 5000 }, (_, at) => ({
      ...findingAt(NAME, at % 2 === 0 ? 'Read the file' : `nowhere ${at}`),
      title: `Number ${at} of many`,
    }));

    expect(await reviewed(world, JSON.stringify(answer(many)))).toHaveLength(5000);
  }, 240_000);

  it('may have a title of ten megabytes, of which a line is shown', async () => {
    using world = readyWorld();
    const title = `long ${'\u001b[2J\u202e🎉x'.repeat(10_000)}${'y'.repeat(10_000_000)}`;

    const [row] = await reviewed(
      world,
      JSON.stringify(answer([{ ...findingAt(NAME, 'Read the file'), title }])),
    );
    const shown = await world.cli(['review', NAME, '--reviewer', `cmd:cat ${join(world.root, 'answer')}`]);

    expect(row?.title === title).toBe(true);
    expect(shown.code).toBe(1);
    expect(
      Math.max(...`${shown.stdout}${shown.stderr}`.split('\n').map(({ length }) => length)),
    ).toBeLessThan(300);
  }, 240_000);

  it.for(['codex', 'claude'] as const)(
    'of %s may have a title of ten megabytes',
    { timeout: 240_000 },
    async (name) => {
      using world = readyWorld();
      const title = `long ${'y'.repeat(10_000_000)}`;
      const said = JSON.stringify(answer([{ ...findingAt(NAME, 'Read the file'), title }]));
      writeFileSync(join(world.root, 'said'), SPEAKS[name](said));
      shamAgent(world, name, `cat '${join(world.root, 'said')}'`);

      const { stdout } = await world.cli(['review', NAME, '--json', '--reviewer', name]);

      const [row]: Row[] = JSON.parse(stdout).findings;
      expect(row?.title === title).toBe(true);
    },
  );

  it.for([
    ['nested ten thousand deep beside the findings', deep('"summary":"","next_steps":[],"more":')],
    ['nested ten thousand deep in a finding', deepFinding()],
  ])('%s is read like any other', async ([, text]) => {
    using world = readyWorld();

    expect(await reviewed(world, text ?? '')).toHaveLength(1);
  });

  it('leaves no mark on anything by the name of a key', async () => {
    using world = readyWorld();
    const evil = '"__proto__":{"severity":"low","polluted":true},"constructor":{"prototype":{"x":1}}';
    const own = JSON.stringify(findingAt(NAME, 'Read the file')).slice(1);

    const rows = await reviewed(world, `{${evil},"verdict":"needs-attention","findings":[{${evil},${own}]}`);

    expect(rows).toMatchObject([{ severity: 'high', title: 'Something' }]);
    expect(JSON.stringify(world.facts())).not.toContain('polluted');
  });

  it('that says a thing twice means the last, and never approves by it alone', async () => {
    using world = readyWorld();
    const own = JSON.stringify(findingAt(NAME, 'Read the file'));

    const rows = await reviewed(
      world,
      `{"verdict":"approve","findings":[],"verdict":"needs-attention","findings":[${own}]}`,
    );

    expect(rows).toHaveLength(1);
  });

  it.for(['NaN', 'Infinity', '-1', '1e999', '"0.9"', 'null', '[]'])(
    'with a confidence of %s counts as certain',
    async (confidence) => {
      using world = readyWorld();
      const own = JSON.stringify(findingAt(NAME, 'Read the file')).replace(
        '"confidence":0.9',
        `"confidence":${confidence}`,
      );

      const rows = await reviewed(
        world,
        `{"verdict":"needs-attention","summary":"","findings":[${own}],"next_steps":[]}`,
      );

      expect(rows.map((row) => row.confidence)).toEqual([1]);
    },
  );

  it('is kept with its lone surrogates, and shown without', async () => {
    using world = readyWorld();
    const text = JSON.stringify(
      answer([{ ...findingAt(NAME, 'Read the file'), title: 'half \ud83d a letter' }]),
    );

    const [row] = await reviewed(world, text);

    expect(row?.title).toBe('half \ud83d a letter');
    expect((await world.cli(['findings'])).stdout).not.toContain('\ud83d');
    expect(readFileSync(join(world.runs()[0] ?? '', 'round-01', 'findings.txt'), 'utf8')).toBe(text);
  });
});

const MENDED = {
  summary: '',
  edits: [{ findings: ['F1'], old_text: 'Read the file', new_text: 'Read each file' }],
  declined: [],
};

/** Paths as a finding may cite them, and where each would be found. */
function citedIn({ root, repo, env }: World): ReadonlyMap<string, string> {
  const [absolute, home] = [join(root, 'absolute'), env['HOME'] ?? ''];
  return new Map([
    [absolute, absolute],
    ['../beside', join(root, 'beside')],
    ['../below', join(repo, 'docs/below')],
    ['docs/link.md', join(root, 'linked')],
    ['~/.ssh/id_rsa', join(home, '.ssh/id_rsa')],
    ...['a\nb', '-rf', '$(id)'].map((name) => [name, join(repo, name)] as const),
  ]);
}

type Row = {
  readonly file: string;
  readonly title: string;
  readonly confidence: number;
  readonly line_start: number;
};

/** The findings of a review whose reviewer says exactly this. */
async function reviewed(world: World, text: string): Promise<readonly Row[]> {
  writeFileSync(join(world.root, 'answer'), text);
  const args = ['review', NAME, '--json', '--reviewer', `cmd:cat ${join(world.root, 'answer')}`];
  const { stdout } = await world.cli(args);
  return JSON.parse(stdout).findings;
}

function answer(findings: readonly unknown[]): unknown {
  return { verdict: 'needs-attention', summary: '', findings, next_steps: [] };
}

function findingAt(file: string, quote: string) {
  return {
    severity: 'high',
    title: 'Something',
    body: 'It fails.',
    file,
    line_start: 5,
    line_end: 5,
    quote,
    confidence: 0.9,
    recommendation: 'Mend it.',
  };
}

function deep(before: string): string {
  const own = JSON.stringify(findingAt(NAME, 'Read the file'));
  return `{"verdict":"needs-attention","findings":[${own}],${before}${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
}

function deepFinding(): string {
  const own = JSON.stringify(findingAt(NAME, 'Read the file')).slice(0, -1);
  const nest = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  return `{"verdict":"needs-attention","findings":[${own},"cause":${nest},"more":${nest}}]}`;
}
