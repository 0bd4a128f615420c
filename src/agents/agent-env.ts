import { absoluteEntries } from '../process/search-path.ts';
import type { Env } from './agent-cli.ts';

/** What the user says of the environment of codex and claude. */
export type EnvWishes = {
  readonly agentConfig: 'isolated' | 'user';
  /** Further variables that are handed on, by name. */
  readonly passEnv: readonly string[];
};

/**
 * What codex or claude gets of the environment: what it takes to run, to log in and to reach its model, and what the user
 * names. In a CI job the rest is full of secrets. With the user's own settings it gets all, for those may name any variable.
 */
export function agentEnv(agent: 'codex' | 'claude', env: Env, { agentConfig, passEnv }: EnvWishes): Env {
  const isWanted = (name: string): boolean =>
    agentConfig === 'user' ||
    COMMON.has(name.toUpperCase()) ||
    passEnv.includes(name) ||
    patternsFor(agent, env).some((pattern) => pattern.test(name));
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && isWanted(name));
  const { PATH: path, ...others } = Object.fromEntries(kept);
  return {
    ...others,
    ...(path === undefined ? {} : { PATH: absoluteEntries(path) }),
    ...(agentConfig === 'isolated' ? GIT : {}),
  };
}

/** Agents ask git about the directory they work in; a directory of a checkout that looks like a repository is none. */
const GIT = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.bareRepository',
  GIT_CONFIG_VALUE_0: 'explicit',
} as const;

function patternsFor(agent: 'codex' | 'claude', env: Env): readonly RegExp[] {
  if (agent === 'codex')
    return [/^LC_/, /^CODEX_/, /^OPENAI_(?:BASE_URL|ORGANIZATION|PROJECT)$/, /^RUST_LOG$/];
  const clouds = CLOUDS.filter(([name]) => env[name]).map(([, pattern]) => pattern);
  return [/^LC_/, /^ANTHROPIC_/, /^CLAUDE_/, /^(?:API_TIMEOUT_MS|MAX_THINKING_TOKENS)$/, ...clouds];
}

/** Whose models claude uses, and the variables by which one logs in there. */
const CLOUDS = [
  ['CLAUDE_CODE_USE_BEDROCK', /^AWS_/],
  ['CLAUDE_CODE_USE_VERTEX', /^(?:GOOGLE_|GCLOUD_|CLOUDSDK_|VERTEX_|CLOUD_ML_)/],
  ['CLAUDE_CODE_USE_FOUNDRY', /^AZURE_/],
] as const;

/** Who and where; the way to a login that lies in a keyring; the way out. */
const PLACE = 'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM TMPDIR TMP TEMP';
const HOMES = 'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME';
const KEYRING = 'XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS';
const NETWORK = 'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY';
const CERTIFICATES = 'SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE REQUESTS_CA_BUNDLE';
/** Where those who manage versions keep the programs that are on the PATH by name only. */
const VERSIONS = 'ASDF_DIR ASDF_DATA_DIR MISE_DATA_DIR VOLTA_HOME PNPM_HOME';
/** Without these no program starts on Windows. */
const WINDOWS =
  'SYSTEMROOT WINDIR COMSPEC PATHEXT APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES USERPROFILE USERNAME HOMEDRIVE HOMEPATH';

const COMMON: ReadonlySet<string> = new Set(
  [PLACE, HOMES, KEYRING, NETWORK, CERTIFICATES, VERSIONS, WINDOWS].flatMap((names) => names.split(' ')),
);
