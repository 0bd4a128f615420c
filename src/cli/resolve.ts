import { join } from 'node:path';
import {
  PROJECT_FILE,
  readConfigFile,
  userConfigPath,
  type ConfigFile,
  type PromptName,
} from './config-file.ts';
import { refuseUnknownVariables } from './environment.ts';
import { parseAgentSpec } from '../core/agent-spec.ts';
import { badValue } from '../errors/cli.ts';
import { configKey, envName, OPTIONS, type OptionSpec } from './option-table.ts';
import { readValue, type Value } from './values.ts';

/** A setting with where it came from: `default`, `flag`, an environment variable, or a file. */
export type Resolved = { readonly spec: OptionSpec; readonly value: Value; readonly origin: string };

export type Resolution = {
  readonly options: ReadonlyMap<string, Resolved>;
  /** Replaced prompts, and the file that names each. */
  readonly prompts: ReadonlyMap<PromptName, { readonly path: string; readonly from: string }>;
  /** What a project file asked for and was not given; one clause each. */
  readonly ignored: readonly string[];
};

export type Sources = {
  /** What the command line said, by option name, as typed. */
  readonly flags: ReadonlyMap<string, unknown>;
  readonly env: NodeJS.ProcessEnv;
  /** Where the project file is looked for; null outside of any repository. */
  readonly projectRoot: string | null;
  /** A config file named on the command line; it takes the project file's place and is trusted. */
  readonly configFile: string | null;
  readonly trustProject: boolean;
};

/** Reads every setting from flag, environment, project file, user file and default, in this order. */
export async function resolve(sources: Sources): Promise<Resolution> {
  refuseUnknownVariables(sources.env);
  const { project, ignored } = await readProject(sources);
  const user = await readConfigFile(userConfigPath(sources.env));
  const legacy = legacyValues(sources.env);
  const options = OPTIONS.map((spec): [string, Resolved] => {
    const found = fromFlag(spec, sources.flags) ??
      fromEnv(spec, sources.env) ??
      legacy.get(spec.name) ??
      fromFile(spec, project) ??
      fromFile(spec, user) ?? {
        value: spec.default === null ? null : readValue(spec, spec.default, 'default'),
        origin: 'default',
      };
    return [spec.name, { spec, ...found }];
  });
  return { options: new Map(options), prompts: promptsOf(user, project), ignored };
}

type Found = { readonly value: Value; readonly origin: string };

function fromFlag(spec: OptionSpec, flags: ReadonlyMap<string, unknown>): Found | undefined {
  const raw = flags.get(spec.name);
  return raw === undefined ? undefined : { value: readValue(spec, raw, `--${spec.name}`), origin: 'flag' };
}

/** An empty variable is an unset one. `PLAN_GLOB` is also known by that name alone. */
function fromEnv(spec: OptionSpec, env: NodeJS.ProcessEnv): Found | undefined {
  const names = spec.name === 'plan-glob' ? [envName(spec.name), 'PLAN_GLOB'] : [envName(spec.name)];
  const name = names.find((candidate) => env[candidate]);
  return name === undefined ? undefined : { value: readValue(spec, env[name], name), origin: name };
}

/** The variables of the skill that this tool replaces. */
function legacyValues(env: NodeJS.ProcessEnv): Map<string, Found> {
  const found = new Map<string, Found>();
  const { CODEX_MODEL: model, CODEX_TIMEOUT: timeout, CODEX_NO_OVERRIDES: plain } = env;
  const spec = (name: string): OptionSpec =>
    OPTIONS.find((option) => option.name === name) ?? unknownOption(name);
  if (model && !parseAgentSpec(`codex:${model}`))
    throw badValue({ value: model, where: 'CODEX_MODEL', allowed: 'a model, and after a colon its effort' });
  if (model) found.set('reviewer', { value: [`codex:${model}`], origin: 'CODEX_MODEL' });
  if (timeout && !/^\d+$/.test(timeout))
    throw badValue({ value: timeout, where: 'CODEX_TIMEOUT', allowed: 'a number of seconds' });
  if (timeout)
    found.set('timeout', {
      value: readValue(spec('timeout'), `${timeout}s`, 'CODEX_TIMEOUT'),
      origin: 'CODEX_TIMEOUT',
    });
  if (plain === '1' || plain === 'true') {
    found.set('reviewer', { value: ['codex'], origin: 'CODEX_NO_OVERRIDES' });
    found.set('agent-config', { value: 'user', origin: 'CODEX_NO_OVERRIDES' });
  }
  return found;
}

function unknownOption(name: string): never {
  throw new Error(`There is no option ${name}.`);
}

function fromFile({ name }: OptionSpec, file: ConfigFile | undefined): Found | undefined {
  const value = file?.values.get(name);
  return file && value !== undefined ? { value, origin: file.path } : undefined;
}

function promptsOf(...files: readonly (ConfigFile | undefined)[]): Resolution['prompts'] {
  return new Map(
    files.flatMap((file) =>
      file ? [...file.prompts].map(([name, path]) => [name, { path, from: file.path }] as const) : [],
    ),
  );
}

/** A project file comes from whoever wrote the repository: what would run or say something in its name needs trust. */
async function readProject(
  sources: Sources,
): Promise<{ project: ConfigFile | undefined; ignored: string[] }> {
  if (sources.configFile !== null)
    return { project: await readConfigFile(sources.configFile, { isRequired: true }), ignored: [] };
  if (sources.projectRoot === null) return { project: undefined, ignored: [] };
  const file = await readConfigFile(join(sources.projectRoot, PROJECT_FILE));
  if (!file || sources.trustProject) return { project: file, ignored: [] };

  const unsafe = [...file.values].filter(([name, value]) => needsTrust(name, value)).map(([name]) => name);
  const values = new Map([...file.values].filter(([name]) => !unsafe.includes(name)));
  const ignored = [
    ...unsafe.map((name) => `"${configKey(name)}"`),
    ...[...file.prompts.keys()].map((name) => `the prompt "${name}"`),
  ];
  return { project: { ...file, values, prompts: new Map() }, ignored };
}

const NEEDS_TRUST = new Set(['agent-config', 'state-root']);

function needsTrust(name: string, value: Value): boolean {
  const texts = Array.isArray(value) ? value : [value];
  return NEEDS_TRUST.has(name) || texts.some((text) => typeof text === 'string' && text.startsWith('cmd:'));
}
