import type { Loopback, Reply } from '../loopback/server.ts';
import { ending, NAME, NOTHING_LEFT, unreviewed, type RealWorld } from './real-world.ts';

/** One way in which a model, or what lies before it, does not answer, and all that may come of it. */
export type Row = {
  readonly when: string;
  readonly reply: Reply;
  /** How the sentence begins that says why; all of it, where it ends its line. */
  readonly says: string;
  /** All that is said to do about it; where nothing is given, only what is said of everything that was tried again. */
  readonly hint?: string;
  /** How often the program asks, and how often its agent then asks the model, at least and at most. */
  readonly calls: number;
  readonly requests: readonly [number, number];
  /** Answered by nothing that is a review, it is no failure to reach anybody. */
  readonly isAnswered?: true;
  readonly args?: readonly string[];
  readonly vars?: Record<string, string>;
  /** Whether codex makes its own tries, and takes the seconds they take. */
  readonly retries?: true;
  /** The longest that a call may take, in milliseconds: a machine that is busy with other tests is slow. */
  readonly within?: number;
};

export const UNREACHED = '═══ Stopped: the reviewer could not be reached ═══';
const UNREAD = "═══ Stopped: the reviewer's answer could not be read ═══";
const AGAIN = 'It failed the same way 2 times on the same plan, so it was not asked again.\n';

/** What is said of a login that is missing or refused, after how to log in. */
export function toLogIn(agent: string, how: string): string {
  return `${how} Where the login comes from your own ${agent} settings, add \`--agent-config user\`.\n`;
}

/** What is said of a limit that may be waited for by this many hours, and of one whose end nobody knows. */
export function toWait(hours: number): string {
  return `The limit resets at <time>. To have it waited for: --wait-for-limit ${hours}h.\n`;
}

export const NO_END = 'It is not known when the limit resets, so it cannot be waited for: go on later.\n';

/** A login of a subscription of claude, without which there are no limits of one. */
export const SUBSCRIBED = { CLAUDE_CODE_OAUTH_TOKEN: 'dummy', ANTHROPIC_API_KEY: '' };

/** What came of a run; of its words, numbers and times the bounds that they keep to, or else they themselves. */
type Came = ReturnType<typeof ending> & {
  readonly code: number | null;
  readonly says: string;
  readonly hint: string;
  readonly requests: readonly [number, number] | number;
  readonly within: number;
  readonly judged: readonly string[];
  readonly leftovers: ReturnType<RealWorld['leftovers']>;
};

/** All that may come of a run whose reviewer fails like this. */
export function expected(row: Row): Came {
  const [status, code] = row.isAnswered
    ? (['aborted_malformed_output', 5] as const)
    : (['aborted_codex_error', 4] as const);
  return {
    code,
    ...unreviewed(status, code, row.calls),
    says: saysOf(row),
    hint: hintOf(row),
    requests: row.requests,
    within: withinOf(row),
    judged: [],
    leftovers: NOTHING_LEFT,
  };
}

/** Runs the loop with a reviewer that fails like this. */
export async function cameOf(
  row: Row,
  {
    world,
    model,
    reviewer,
  }: { readonly world: RealWorld; readonly model: Loopback; readonly reviewer: string },
): Promise<Came> {
  const agents = ['--reviewer', reviewer, '--implementer', reviewer];
  const { code, stderr } = await world.refine(NAME, ...agents, ...(row.args ?? []));

  const [fewest, most] = row.requests;
  const { length: asked } = model.requests;
  const longest = longestCall(world);
  const [, said = stderr, hint = ''] = CARD.exec(stderr) ?? [];
  return {
    code,
    ...ending(world),
    says: said.startsWith(saysOf(row)) ? saysOf(row) : said,
    hint: hint.replace(/\w{3} \w{3} \d\d \d{4} \d\d:\d\d:\d\d/, '<time>'),
    requests: asked >= fewest && asked <= most ? row.requests : asked,
    within: longest < withinOf(row) ? withinOf(row) : longest,
    judged: judged(world),
    leftovers: world.leftovers(),
  };
}

/** The head of the card that a run ends with: its heading and the sentence that says why, and what to do about it. */
const CARD = /^(═══ Stopped: .+ ═══\n.+\n)((?:.+\n)*)\n/m;

function saysOf({ isAnswered, says }: Row): string {
  return `${isAnswered ? UNREAD : UNREACHED}\n${says}`;
}

function hintOf({ hint, calls, isAnswered }: Row): string {
  return hint ?? (calls > 1 && !isAnswered ? AGAIN : '');
}

function withinOf({ within }: Row): number {
  return within ?? 45_000;
}

/** The facts by which a run would have taken an answer for a judgement of the plan. */
export function judged(world: RealWorld): string[] {
  const names = ['review.parsed', 'arbitration.read', 'verification.read', 'findings.accepted', 'edits.read'];
  return world.facts().flatMap(({ type }) => (names.includes(type) ? [type] : []));
}

/** The longest time that one call took, in milliseconds. */
export function longestCall(world: RealWorld): number {
  const times = world.facts().map(({ type, duration_ms: ms }) => (type === 'call.finished' ? Number(ms) : 0));
  return Math.max(...times);
}

export function inMs(ms: number): Date {
  return new Date(Date.now() + ms);
}
