import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS, EVERYWHERE } from '../../src/cli/command-table.ts';
import { flagOf, OPTIONS } from '../../src/cli/option-table.ts';
import { ROOT } from './runner.ts';

const SKILL = 'references/plugin/skills/refine-plan-against-codex/SKILL.md';

describe('the plugin', () => {
  it('has one name and one version everywhere, that of the package', () => {
    const { version } = json('package.json');
    const manifests = ['.claude-plugin', '.codex-plugin'].map((dir) =>
      json(`references/plugin/${dir}/plugin.json`),
    );
    const markets = ['.claude-plugin/marketplace.json', '.agents/plugins/marketplace.json'].map(json);

    for (const manifest of manifests) expect(manifest).toMatchObject({ name: 'planning', version });
    expect(markets).toMatchObject([
      { name: 'refine-plan', plugins: [{ name: 'planning', version, source: './references/plugin' }] },
      { name: 'refine-plan', plugins: [{ name: 'planning', source: { path: './references/plugin' } }] },
    ]);
  });

  it('is found by the words that its users say, and has room for no more', () => {
    const { name, description } = front();

    expect(name).toBe('refine-plan-against-codex');
    for (const words of [
      'refine against codex',
      'loop codex review',
      'harden plan with codex',
      'a wire contract',
      'a state mutation',
      'a new endpoint',
    ])
      expect(description).toContain(words);
    expect(description.length).toBeLessThan(1024);
  });

  it('tells of commands and options that there are', () => {
    const lines = [...text(SKILL).matchAll(/`?(refine-plan [^`\n]*)/g)].map(([, line = '']) => line);
    const named = lines.flatMap((line) => line.match(/(?<= )--[a-z-]+/g) ?? []);
    const commands = lines.flatMap((line) => /^refine-plan ([a-z]+)(?= |$)/.exec(line)?.[1] ?? []);
    const known = [
      ...OPTIONS.map(({ name }) => flagOf(name)),
      ...[...EVERYWHERE, ...COMMANDS.flatMap(({ flags = [] }) => flags)].map(
        ([flags]) => flags.split(' ')[0],
      ),
    ];

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((flag) => !known.includes(flag))).toEqual([]);
    expect([...new Set(commands)].toSorted()).toEqual(
      ['dismiss', 'doctor', 'findings', 'report', 'resume', 'review', 'status'].toSorted(),
    );
    expect(commands.filter((name) => !COMMANDS.some((command) => command.name === name))).toEqual([]);
  });
});

function front(): { readonly name: string; readonly description: string } {
  return parse(/^---\n([^]*?)\n---\n/.exec(text(SKILL))?.[1] ?? '');
}

function json(name: string): Record<string, unknown> {
  return JSON.parse(text(name));
}

function text(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}
