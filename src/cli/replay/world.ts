import type { Fact, Moved, RepoState } from '../../core/fact.ts';
import type { Recording } from '../../core/replay/recording.ts';
import type { Policies } from '../../core/settings.ts';
import type { Agent, CommitResult, Plan, Ports, Repo, Templates } from '../../ports.ts';
import { unfitBytes } from '../../core/plan-text.ts';
import { digest } from '../../store/plan-file.ts';
import { recordedUser } from './user.ts';
import type { Texts } from './texts.ts';

/** The world of a replay: everything is in memory, and nothing happens in it that was not recorded. */
export type ReplayWorld = {
  readonly ports: Ports;
  /** What others did next, in the recording, is done to the plan and the repository. */
  readonly enact: (next: Fact | undefined) => void;
};

type Given = {
  readonly recording: Recording;
  readonly texts: Texts;
  readonly agent: Agent;
  /** As they are asked for in the replay. */
  readonly policies: Policies;
  /** The questions that the command line answers, whatever was answered then. */
  readonly overridden: ReadonlySet<string>;
  /** What the recorded run came to next, while the replay does what it did. */
  readonly next: () => Fact | undefined;
};

/** Opens a world in which the recorded run is about to begin. */
export function openReplayWorld(given: Given): ReplayWorld {
  const { recording, texts, agent, next } = given;
  const kept = new Map<string, string>();
  let plan: Plan | null = texts.initial;
  let place: Place = { state: recording.started.repo?.state ?? null, moved: null };
  const found = (sha256: string | null): void => {
    if (plan?.sha256 !== sha256) plan = sha256 === null ? null : texts.of(sha256);
  };
  const enact = (fact: Fact | undefined): void => {
    if (fact?.type === 'plan.changed') found(fact.found);
    if (fact?.type === 'repo.changed') place = { state: fact.to, moved: fact.what };
    if (fact?.type === 'run.resumed') {
      found(fact.sha256);
      if (fact.repo) place = { state: fact.repo, moved: fact.moved };
    }
  };
  const repo: Repo = {
    look: async () => stateOf(place),
    movedSince: async (from) => ({ moved: isThere(from, place) ? null : place.moved, to: stateOf(place) }),
    findCommit: async () => null,
    staged: async () => null,
    commit: async () => {
      const fact = next();
      if (fact?.type === 'commit.created' || fact?.type === 'commit.failed') found(fact.plan_sha256);
      if (fact?.type === 'commit.created') place = { state: fact.repo, moved: null };
      return commitResult(fact);
    },
  };
  const ports: Ports = {
    agents: { reviewer: [agent], implementer: [agent], arbiter: [agent], verifier: [agent] },
    plan: {
      read: async () => plan,
      look: async () => plan && { sha256: plan.sha256, unfit: unfitBytes(plan.text) },
      write: async (text, expected) => {
        const written = { text, sha256: digest(text) };
        if (plan?.sha256 !== expected && plan?.sha256 !== written.sha256)
          return { found: plan?.sha256 ?? null };
        plan = written;
        return { written };
      },
      digest,
    },
    files: {
      write: async (name, text) => void kept.set(name, text),
      read: async (name) => kept.get(name),
      pathOf: async (name) => name,
    },
    repo: recording.started.repo && repo,
    dismissed: async () => recording.dismissed,
    user: recordedUser(given),
    clock: { now: () => new Date(0), sleep: async () => undefined }, // see `waited`: nothing else asks for the time
    templates: NO_WORDS,
    redact: (text) => text,
    announce: () => undefined,
    signal: new AbortController().signal,
  };
  return { ports, enact };
}

/** Where the repository stands, and what of it moved last. */
type Place = { readonly state: RepoState | null; readonly moved: Moved | null };

function stateOf({ state }: Place): RepoState {
  if (!state) throw new Error('The recorded run had no repository.');
  return state;
}

function isThere(from: RepoState, { state }: Place): boolean {
  return state?.head === from.head && state.branch === from.branch && state.operation === from.operation;
}

/** What git would have said of bytes that were never committed is not known: they are taken for committed. */
function commitResult(fact: Fact | undefined): CommitResult {
  if (fact?.type === 'commit.failed') return { result: 'failed', output: fact.output };
  if (fact?.type !== 'commit.created') return { result: 'same-as-head' };
  const { sha, recognised, extra_paths: extraPaths } = fact;
  return { result: 'created', sha, recognised, extraPaths };
}

/** Nobody reads the prompts of a replay. */
const NO_WORDS: Templates = {
  review: '',
  'lens-1': '',
  'lens-2': '',
  'lens-3': '',
  retry: '',
  arbitrate: '',
  'fix-patch': '',
  'fix-in-place': '',
  'send-back': '',
  verify: '',
  delta: '',
};
