import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { helpJson } from '../../src/cli/help-json.ts';
import { OPTIONS } from '../../src/cli/option-table.ts';

describe('help as data', () => {
  it('names every command and every setting once', () => {
    const help = helpJson(['--help', '--json']);

    expect(help).toMatchObject({
      name: 'refine-plan',
      commands: COMMANDS.map(({ name, help: summary, examples }) => ({ name, summary, examples })),
      settings: OPTIONS.map(({ name }) => ({ name: `--${name}` })),
    });
  });

  it('tells of a setting all that the three ways to set it need', () => {
    expect(settingNamed('--fail-on')).toEqual({
      name: '--fail-on',
      summary: expect.stringContaining('exit 1 only for'),
      type: 'string',
      value: 'SEVERITY',
      repeatable: false,
      negation: null,
      default: 'low',
      choices: ['critical', 'high', 'medium', 'low', 'none'],
      min: null,
      max: null,
      env: 'REFINE_PLAN_FAIL_ON',
      config_key: 'failOn',
      group: 'Loop',
    });
    expect(settingNamed('--max-rounds')).toMatchObject({ type: 'integer', default: 20, min: 1, max: 1000 });
    expect(settingNamed('--confidence-floor')).toMatchObject({ type: 'number', default: 0.3 });
    expect(settingNamed('--commit')).toMatchObject({
      type: 'boolean',
      default: true,
      negation: '--no-commit',
    });
    expect(settingNamed('--reviewer')).toMatchObject({ type: 'agent', repeatable: true, default: 'codex' });
    expect(settingNamed('--timeout')).toMatchObject({ type: 'duration', default: '20m' });
  });

  it('tells of a command what it takes of its own, and everything it takes from elsewhere', () => {
    expect(helpJson(['dismiss', '--json', '--help'])).toMatchObject({
      name: 'dismiss',
      usage: 'refine-plan dismiss <plan> <id>',
      output: 'object',
      takes_settings: false,
      options: [
        { name: '--because', type: 'string', value: 'text' },
        { name: '--state-root', type: 'string', value: 'dir' },
      ],
      global_options: expect.arrayContaining([expect.objectContaining({ name: '--json', type: 'boolean' })]),
      settings: [],
    });
    expect(helpJson(['run', '--help'])).toMatchObject({
      name: 'run',
      output: 'events',
      settings: { length: OPTIONS.length },
    });
  });

  it('finds a command below another, and below help', () => {
    expect(helpJson(['config', 'show', '--help'])).toMatchObject({
      name: 'config show',
      usage: 'refine-plan config show',
    });
    expect(helpJson(['help', 'config'])).toMatchObject({
      name: 'config',
      commands: [{ name: 'config show' }],
    });
  });
});

function settingNamed(name: string): unknown {
  const { settings }: { settings?: readonly { readonly name: string }[] } = helpJson(['run', '--help']);
  return settings?.find((setting) => setting.name === name);
}
