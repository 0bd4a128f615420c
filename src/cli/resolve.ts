import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  PROJECT_FILE,
  readConfigFile,
  refuseOddFile,
  userConfigPath,
  type ConfigFile,
  type PromptName,
} from './config-file.ts';
import { refuseUnknownVariables } from './environment.ts';
import { parseAgentSpec } from '../core/agent-spec.ts';
import { isBelow } from '../process/is-below.ts';
import { badValue } from '../errors/cli.ts';
import { envName, OPTIONS, type OptionSpec } from './option-table.ts';
import { isTrusted, keyText, needsTrust, type Allowance } from './trust.ts';
import { readValue, type Value } from './values.ts';

/** A setting with where it came from: `default`, `flag`, an environment variable, or a file. */
export type Resolved = { readonly spec: OptionSpec; readonly value: Value; readonly origin: string };

export type Resolution = {
  readonly options: ReadonlyMap<string, Resolved>;
  /** Replaced prompts, and the file that names each. */
  readonly prompts: ReadonlyMap<PromptName, { readonly path: string; readonly from: string }>;
  /** What a project file asked for and was not given; one clause each. */
  readonly ignored: readonly string[];
  /** The file that asked for it, from the root of the repository. */
  readonly ignoredIn: string;
  /** Whether what the repository says of itself is believed. */
  readonly isTrusted: boolean;
};

export type Sources = {
  /** What the command line said, by option name, as typed. */
  readonly flags: ReadonlyMap<string, unknown>;
  readonly env: NodeJS.ProcessEnv;
  /** Where the project file is looked for; null outside of any repository. */
  readonly projectRoot: string | null;
  /** A config file named on the command line; it takes the project file's place. One outside of the repository is trusted. */
  readonly configFile: string | null;
  readonly trustProject: boolean;
};

/** Reads every setting from flag, environment, project file, user file and default, in this order. */
export async function resolve(sources: Sources): Promise<Resolution> {
  refuseUnknownVariables(sources.env);
  const user = await readConfigFile(userConfigPath(sources.env));
  const isKnown =
    sources.projectRoot !== null && (await isTrusted(sources.projectRoot, user?.trustedProjects ?? []));
  const trust = sources.trustProject || isKnown;
  const allowance: Allowance = (name) => user?.values.get(name) ?? null;
  const { project, ignored, ignoredIn } = await readProject(sources, trust, allowance);
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
  return {
    options: new Map(options),
    prompts: promptsOf(user, project),
    ignored,
    ignoredIn,
    isTrusted: trust,
  };
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
  if (model && !parseAgentSpec(`codex:${model}`))
    throw badValue({ value: model, where: 'CODEX_MODEL', allowed: 'a model, and after a colon its effort' });
  if (model) found.set('reviewer', { value: [`codex:${model}`], origin: 'CODEX_MODEL' });
  if (timeout && !/^\d+$/.test(timeout))
    throw badValue({ value: timeout, where: 'CODEX_TIMEOUT', allowed: 'a number of seconds' });
  if (timeout)
    found.set('timeout', {
      value: readValue(specNamed('timeout'), `${timeout}s`, 'CODEX_TIMEOUT'),
      origin: 'CODEX_TIMEOUT',
    });
  if (plain === '1' || plain === 'true') {
    found.set('reviewer', { value: ['codex'], origin: 'CODEX_NO_OVERRIDES' });
    found.set('agent-config', { value: 'user', origin: 'CODEX_NO_OVERRIDES' });
  }
  return found;
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

type Project = { readonly project: ConfigFile | undefined } & Pick<Resolution, 'ignored' | 'ignoredIn'>;

/** The file in the project's place. What lies in the repository comes from whoever wrote that, whoever names it. */
async function readProject(
  { configFile, projectRoot: root }: Sources,
  trust: boolean,
  allowance: Allowance,
): Promise<Project> {
  const none = { ignored: [], ignoredIn: PROJECT_FILE };
  const isRequired = configFile !== null;
  const path = configFile ?? (root === null ? null : join(root, PROJECT_FILE));
  if (path === null) return { project: undefined, ...none };
  const isOwn = root === null || !(await liesIn(root, path));
  if (!isOwn && !trust) await refuseOddFile(path, root);
  const file = await readConfigFile(path, { isRequired });
  if (!file) return { project: undefined, ...none };
  const ignoredIn = isOwn || root === null ? path : relative(root, path);
  return isOwn || trust ? givenAll(file, ignoredIn) : givenWhatIsSafe(file, ignoredIn, allowance);
}

/** By its own place, or by where it leads: neither is the user's. */
async function liesIn(root: string, path: string): Promise<boolean> {
  const [top, place, end] = await Promise.all(
    [root, dirname(path), path].map((it) => realpath(it).catch(() => null)), // not there: reading it will tell
  );
  const isIn = (it: string | null | undefined): boolean => typeof it === 'string' && isBelow(it, top ?? root);
  return isIn(place) || isIn(end);
}

/** Even then no file but the user's own says which repositories are trusted. */
function givenAll(file: ConfigFile, ignoredIn: string): Project {
  return { project: file, ignored: file.trustedProjects.length > 0 ? ['"trustedProjects"'] : [], ignoredIn };
}

function givenWhatIsSafe(file: ConfigFile, ignoredIn: string, allowance: Allowance): Project {
  const isUnsafe = ([name, value]: readonly [string, Value]): boolean =>
    needsTrust(specNamed(name), value, allowance);
  const entries = [...file.values];
  const values = new Map(entries.filter((entry) => !isUnsafe(entry)));
  const ignored = [
    ...entries.filter(isUnsafe).map(([name]) => keyText(specNamed(name))),
    ...[...file.prompts.keys()].map((name) => `the prompt "${name}"`),
    ...givenAll(file, ignoredIn).ignored,
  ];
  return { project: { ...file, values, prompts: new Map() }, ignored, ignoredIn };
}

function specNamed(name: string): OptionSpec {
  const spec = OPTIONS.find((option) => option.name === name);
  if (!spec) throw new Error(`There is no option ${name}.`);
  return spec;
}
