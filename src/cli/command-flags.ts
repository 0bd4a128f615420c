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
  const isTyped = (key: string): boolean => command.getOptionValueSource(key) === 'cli';
  const typed = command.options.filter((option) => isTyped(option.attributeName()));
  const settings = OPTIONS.filter(({ name }) => isTyped(configKey(name)));
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
    reportOn: text('reportOn') ?? 'low',
    because: text('because'),
    settings: new Map(settings.map(({ name }) => [name, options[configKey(name)]])),
    given: new Map(typed.map((option) => [option.name(), options[option.attributeName()]])),
  };
}
