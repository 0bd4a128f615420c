const SECRET_NAME = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)/i;
const SECRET_FORM =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|AKIA[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+)/g;

/** Text without the values of secret-looking variables of the environment, and without well-known forms of tokens. */
export function redact(text: string, env: Readonly<Record<string, string | undefined>>): string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value && value.length >= 8 ? [value] : [],
  );
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length); // one may begin with another
  return longestFirst
    .reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text)
    .replace(SECRET_FORM, '[redacted]');
}

/** The same for every text of a JSON value, before it is written as JSON: escapes would hide a secret. */
export function redactAll<T>(value: T, env: Parameters<typeof redact>[1]): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? redact(part, env) : part)),
  );
}
