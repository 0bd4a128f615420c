/** How the value of a setting is written. */
export type Kind =
  | 'agent'
  | 'agents'
  | 'boolean'
  | 'duration'
  | 'enum'
  | 'float'
  | 'integer'
  | 'list'
  | 'names'
  | 'reports'
  | 'text';

/** One setting: a flag, an environment variable and a config key, all of the same name. */
export type OptionSpec = {
  /** As the flag has it, without the dashes. */
  readonly name: string;
  readonly arg: string | null;
  readonly kind: Kind;
  /** Of an enum, all there is; of an agent, words that may stand in its place. */
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** As a person would write it; null: off. */
  readonly default: string | null;
  readonly help: string;
  /** What the flag with `--no-` means; for a boolean alone. */
  readonly no?: string;
  readonly group: 'Loop' | 'Agents' | 'Budgets' | 'Git' | 'Policies' | 'Place and output';
};
