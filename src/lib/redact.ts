type Env = Readonly<Record<string, string | undefined>>;

/** The setting that names variables holds none of their values. */
const SECRET_NAME =
  /^(?!REFINE_PLAN_PASS_ENV$).*(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:^|_)(?:PAT|PASS|PWD|AUTH)(?:_|$))/i;

/** Where a word begins: in JSON the end of a line, and whatever else is escaped there, ends in a letter or a digit. */
const BEGIN = String.raw`(?:\b|(?<=\\(?:[bfnrt]|u[\da-f]{4})))`;

/** Well-known forms of tokens, whatever variable they came from: how they begin, and what follows. */
const TOKENS: readonly (readonly [head: string, tail: string])[] = [
  ['sk-', '[A-Za-z0-9_-]{16,}'],
  ['[rs]k_live_', '[A-Za-z0-9]{16,}'],
  ['gh[pousr]_', '[A-Za-z0-9]{20,}'],
  ['github_pat_', String.raw`\w{20,}`],
  ['gl(?:pat|cbt|dt|rt|ptt|ft|imt|agent|soat)-', '[A-Za-z0-9_-]{20,}'],
  ['npm_', '[A-Za-z0-9]{36}'],
  ['pypi-', '[A-Za-z0-9_-]{50,}'],
  ['hf_', '[A-Za-z]{30,}'],
  ['dckr_pat_', '[A-Za-z0-9_-]{20,}'],
  ['A(?:KIA|SIA)', '[A-Z0-9]{16}'],
  ['AIza', '[A-Za-z0-9_-]{35}'],
  [String.raw`ya29\.`, '[A-Za-z0-9_-]{20,}'],
  ['xox[abeprs]-', '[A-Za-z0-9-]{10,}'],
  ['xapp-', '[A-Za-z0-9-]{10,}'],
  [String.raw`SG\.`, String.raw`[\w-]{16,}\.[\w-]{16,}`],
  ['eyJ', String.raw`[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+`],
  // What a checkout in CI leaves in .git/config: "x-access-token:" in base 64, and what follows it.
  ['eC1hY2Nlc3MtdG9rZW46', '[A-Za-z0-9+/=]+'],
];

const SECRET_FORM = new RegExp(
  [
    `${BEGIN}(?:${TOKENS.map(([head, tail]) => head + tail).join('|')})`,
    // A password in an address, and what is sent as authorization.
    String.raw`(?<=\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:)[^\s/:@]{1,200}(?=@)`,
    String.raw`(?<=${BEGIN}authorization: ?(?:basic|bearer) )[A-Za-z0-9._~+/=-]{8,}`,
    String.raw`-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{1,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?`,
  ].join('|'),
  'gi',
);

/** What any of these forms has in it: most texts have nothing of that, and are not searched further. */
const HINT = new RegExp(
  [...TOKENS.map(([head]) => head), '://', 'authorization:', 'PRIVATE KEY-----'].join('|'),
  'i',
);

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * What takes out the values of secret-looking variables of an environment, as they are and as they stand in JSON (in an event
 * that holds an answer even twice), and the well-known forms of tokens.
 */
export function redactor(env: Env): Redact {
  const values = Object.entries(env).flatMap(([name, value = '']) => secretsIn(name, value));
  const written = values.flatMap((value) => [value, inJson(value), inJson(inJson(value))]);
  const longestFirst = [...new Set(written)].toSorted((a, b) => b.length - a.length); // one may begin with another
  return (text) => {
    const clean = longestFirst.reduce((left, secret) => left.replaceAll(secret, '[redacted]'), text);
    return HINT.test(clean) ? clean.replace(SECRET_FORM, '[redacted]') : clean;
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Takes secrets out of every text of a JSON value, before it is written in a form whose escapes would hide one. */
export function redactAll<T>(value: T, redact: Redact): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? redact(part) : part)),
  );
}

/** The secrets in a variable: its value, and, of several lines, each that is long enough to be known again. */
function secretsIn(name: string, value: string): string[] {
  if (!SECRET_NAME.test(name) || isHarmless(name, value.trim())) return [];
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [value, ...lines].filter((text) => text.length >= (text === value ? 8 : 16) && !MARK.test(text));
}

/** The first and the last line of a key say nothing. */
const MARK = /^-----(?:BEGIN|END) [A-Z ]+-----$/;

/** A path, a number, or, unless the name promises a password, one plain word: in a text it would mean something else. */
function isHarmless(name: string, value: string): boolean {
  const isPath = /^(?:~|\.{0,2})(?:\/[\w.@ -]+){2,}\/?$/.test(value);
  const isNumber = /^[\d.]{1,15}$/.test(value);
  const isWord = /^[a-z]{1,15}$/i.test(value) && !/PASS|PWD/i.test(name);
  return isPath || isNumber || isWord;
}
