import type { Command } from 'commander';
import type { CommonFlags } from './flags.ts';
import { configKey, OPTIONS } from './option-table.ts';

/** What a parsed command was given, apart from its arguments. */
export function flagsOf(command: Command): CommonFlags {
  const options: Readonly<Record<string, unknown>> = command.opts();
  const text = (key: string): string | undefined => {
    const value = options[key];
    return typeof value === 'string' ? value : undefined;
  };
  const given = OPTIONS.filter(({ name }) => command.getOptionValueSource(configKey(name)) === 'cli');
  return {
    dir: text('C'),
    config: text('config'),
    json: options['json'] === true,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    noColor: options['color'] === false,
    trustProject: options['trustProject'] === true,
    dryRun: options['dryRun'] === true,
    takeLock: options['takeLock'] === true,
    watch: options['watch'] === true,
    format: text('format') ?? 'text',
    output: text('output'),
    because: text('because'),
    settings: new Map(given.map(({ name }) => [name, options[configKey(name)]])),
  };
}
