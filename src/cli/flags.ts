/** The options that every command takes, beside the settings of a run. */
export type CommonFlags = {
  readonly dir: string | undefined;
  readonly config: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noColor: boolean;
  readonly trustProject: boolean;
  readonly dryRun: boolean;
  readonly takeLock: boolean;
  readonly watch: boolean;
  readonly format: string;
  readonly output: string | undefined;
  readonly because: string | undefined;
  /** Settings that were given on the command line, by option name. */
  readonly settings: ReadonlyMap<string, unknown>;
};
