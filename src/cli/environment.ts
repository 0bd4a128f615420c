import { envName, OPTIONS } from './option-table.ts';
import { unknownVariable } from '../errors/cli.ts';

const PREFIX = 'REFINE_PLAN_';

/** What a `cmd:` agent or a notify command is told; a program that it starts in its turn has them too. */
const AGENT = ['ROLE', 'PLAN', 'REPO', 'ROUND', 'RUN', 'SCHEMA'];
const NOTIFIED = ['EVENT', 'STATUS', 'REASON', 'MESSAGE', 'EXIT_CODE'];
const TOLD = [...AGENT, ...NOTIFIED].map((name) => PREFIX + name);

/** Refuses a variable that looks like a setting and is none: left alone, what it asks for would silently not be done. */
export function refuseUnknownVariables(env: NodeJS.ProcessEnv): void {
  const known = new Set([...OPTIONS.map(({ name }) => envName(name)), ...TOLD]);
  const [odd] = Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name] !== '' && !known.has(name))
    .toSorted();
  if (odd !== undefined) throw unknownVariable(odd);
}
