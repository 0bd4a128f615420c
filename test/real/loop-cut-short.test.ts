import type { ChildProcess } from 'node:child_process';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocks, playMessages, uses } from '../loopback/messages.ts';
import { outputs, playResponses, says } from '../loopback/responses.ts';
import type { Reply } from '../loopback/server.ts';
import { ended, PLAN } from '../rig/world.ts';
import { judged } from './failing.ts';
import { APPROVAL, claudeWorks, codexWorks } from './played-work.ts';
import { ending, HARDENED, NAME, NOTHING_LEFT, realWorld, type RealWorld } from './real-world.ts';

/** The program under test, once it is started. */
type Program = { child?: ChildProcess };

const WORKS = { codex: codexWorks, claude: claudeWorks };
const APPROVES = {
  codex: outputs(says(JSON.stringify(APPROVAL))),
  claude: blocks(uses('StructuredOutput', APPROVAL)),
};
const APPROVED = { ...HARDENED, rounds: 1, calls: 1, subjects: [], plan: PLAN };

/** A model that never answers what it is asked first, and signals the program instead; then it does as it should. */
function signalsFirst(program: Program, signal: NodeJS.Signals, then: Reply): readonly Reply[] {
  return [() => void program.child?.kill(signal), then];
}

describe.concurrent('a run that is killed while a real agent fixes the plan', () => {
  it.for(['codex', 'claude'] as const)(
    'leaves %s alive, and the next run ends it before it asks anybody',
    async (fixer) => {
      const program: Program = {};
      const alive: number[][] = [];
      const works: Reply = (request, response) => {
        alive.push(world.leftovers().processes);
        WORKS[fixer](request, response);
      };
      const fixes = signalsFirst(program, 'SIGKILL', works);
      await using codex = await playResponses(fixer === 'codex' ? [codexWorks, ...fixes] : [codexWorks]);
      await using claude = await playMessages(fixes);
      using world = realWorld({ codex, claude });

      program.child = world.begin(NAME, '--implementer', fixer, '--edit-mode', 'in-place');
      const { signal } = await ended(program.child);
      const left = world.leftovers();
      const { code, stderr } = await world.refine('resume', NAME);

      expect({ signal, scratches: left.scratch.length }).toEqual({ signal: 'SIGKILL', scratches: 1 });
      expect(left.processes).toEqual(expect.arrayContaining(saidToBeEnded(stderr, fixer)));
      expect(left.processes.filter((pid) => alive[0]?.includes(pid) ?? true)).toEqual([]);
      expect(world.leftovers()).toEqual(NOTHING_LEFT);
      expect(stderr).toContain(
        '═══ Plan hardened across 3 rounds: the last review raised nothing actionable ═══',
      );
      expect({ code, ...ending(world) }).toEqual({ code: 0, ...HARDENED });
    },
  );
});

/** The processes that a run says it has ended because a killed one left them; 0, which is nobody, for none. */
function saidToBeEnded(stderr: string, agent: string): number[] {
  const said = `^! Run import-\\S+ was killed and left ${agent} running \\(process ([\\d, ]+)\\); it is ended now\\.$`;
  const [, pids = '0'] = new RegExp(said, 'm').exec(stderr) ?? [];
  return pids.split(', ').map(Number);
}

describe.concurrent('a run that is told to end while a real agent is at work', () => {
  it.for([
    ['codex', 'SIGINT', 130],
    ['claude', 'SIGINT', 130],
    ['claude', 'SIGTERM', 143],
    ['claude', 'SIGHUP', 129],
  ] as const)(
    'takes %s with it at %s, counts no review of it, and is finished by another one',
    async ([reviewer, signal, exit]) => {
      const program: Program = {};
      const reviews = signalsFirst(program, signal, APPROVES[reviewer]);
      await using codex = await playResponses(reviews);
      await using claude = await playMessages(reviews);
      using world = realWorld({ codex, claude });

      program.child = world.begin(NAME, '--reviewer', reviewer);
      const came = cameOf(await ended(program.child), world);
      const { code } = await world.refine('resume', NAME);

      expect(came).toEqual({ ...KEPT, code: exit, judged: [], unfinished: 'review-1' });
      expect({ code, ...ending(world), runs: world.runs().length }).toEqual({
        code: 0,
        ...APPROVED,
        runs: 1,
      });
    },
  );

  it.for([
    ['codex', 'SIGINT', 130],
    ['codex', 'SIGTERM', 143],
    ['codex', 'SIGHUP', 129],
    ['claude', 'SIGINT', 130],
  ] as const)(
    'takes %s with it at %s, keeps the review before it, and is finished by another one',
    async ([fixer, signal, exit]) => {
      const program: Program = {};
      const fixes = signalsFirst(program, signal, WORKS[fixer]);
      await using codex = await playResponses(fixer === 'codex' ? [codexWorks, ...fixes] : [codexWorks]);
      await using claude = await playMessages(fixes);
      using world = realWorld({ codex, claude });

      program.child = world.begin(NAME, '--implementer', fixer);
      const came = cameOf(await ended(program.child), world);
      const { code } = await world.refine('resume', NAME);

      const before = ['review.parsed', 'findings.accepted'];
      expect(came).toEqual({ ...KEPT, code: exit, judged: before, unfinished: 'fix-1' });
      expect({ code, ...ending(world), runs: world.runs().length }).toEqual({
        code: 0,
        ...HARDENED,
        runs: 1,
      });
    },
  );
});

/** What is so after every interruption, whoever was at work. */
const KEPT = {
  says: 'Interrupted. What was recorded is kept in <run>\nGo on with: refine-plan resume docs/plans/import.md\n',
  plan: PLAN,
  leftovers: NOTHING_LEFT,
};

/** What came of a run that was told to end. */
function cameOf({ code, stderr }: Awaited<ReturnType<typeof ended>>, world: RealWorld) {
  const last = world.facts().at(-1);
  return {
    code,
    says: stderr
      .replace(relative(world.repo, world.runs()[0] ?? ''), '<run>')
      .replace(/^.*?(?=Interrupted)/s, ''),
    judged: judged(world),
    unfinished: last?.type === 'call.started' ? last.call : last?.type,
    plan: world.read(NAME),
    leftovers: world.leftovers(),
  };
}
