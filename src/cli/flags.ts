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
  /** The least severe finding that annotations and SARIF name. */
  readonly reportOn: string;
  readonly because: string | undefined;
  /** Settings that were given on the command line, by option name. */
  readonly settings: ReadonlyMap<string, unknown>;
  /** Everything that was given on the command line, by the long name of its option. */
  readonly given: ReadonlyMap<string, unknown>;
};

/** Was an option without a value given? */
export function isGiven({ given }: Pick<CommonFlags, 'given'>, name: string): boolean {
  return given.get(name) === true;
}

/** The value of an option of the command; undefined where it was not given. */
export function givenText({ given }: Pick<CommonFlags, 'given'>, name: string): string | undefined {
  const value = given.get(name);
  return typeof value === 'string' ? value : undefined;
}
