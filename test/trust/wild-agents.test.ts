import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { peakMemory } from '../rig/peak-memory.ts';
import { processesOf } from '../rig/processes.ts';
import { shamAgent } from '../rig/sham-agent.ts';
import { briefWorld } from '../e2e/support.ts';

const NAME = 'docs/plans/import.md';
const ANSWER = '{"verdict":"approve","summary":"","findings":[],"next_steps":[]}';

/** The time a call may take, the grace it is given then, and how long somebody who holds its output is heard after it. */
const [TIMEOUT_MS, GRACE_MS, DRAIN_MS] = [1000, 2000, 5000];

/** By how much a busy machine may be late: a grace that is a few seconds longer is noticed all the same. */
const LATE_MS = 8000;

/**
 * What the program holds of the worst flood, 140 MB of which 65 are its own, and what a busy machine is late to clean up. Node 24
 * is later itself: there it comes to 210, of a flood of 250 MB as of one of 1 GB.
 */
const MOST_MEGABYTES = Number.parseInt(process.versions.node) < 24 ? 200 : 250;

const APPROVED = 0;
const UNREACHABLE = 4;
const MALFORMED = 5;

const NEVER_ENDS = 'while :; do sleep 1000; done';

describe.runIf(existsSync('/proc/self/status')).concurrent('an agent that', () => {
  it.for([
    ['hangs silently', 'exec sleep 1000', UNREACHABLE],
    ['prints a byte now and then', 'while :; do printf .; sleep 0.1; done', UNREACHABLE],
    ['prints without end', 'exec cat /dev/zero', UNREACHABLE],
    ['complains without end', 'exec cat /dev/zero >&2', UNREACHABLE],
    ['ignores that it is told to end', `trap '' TERM; ${NEVER_ENDS}`, UNREACHABLE],
    ['starts a session of its own, and waits for it', `setsid sh -c "${NEVER_ENDS}"`, UNREACHABLE],
    [
      'leaves a session of its own behind',
      `setsid -f sh -c "trap '' TERM; ${NEVER_ENDS}"; echo '${ANSWER}'`,
      APPROVED,
    ],
    ['leaves somebody who holds its output', `sh -c "${NEVER_ENDS}" & echo '${ANSWER}'`, APPROVED],
    [
      'leaves somebody who keeps talking',
      `(while :; do echo .; sleep 0.1; done) >&2 & echo '${ANSWER}'`,
      APPROVED,
    ],
    ['closes its input unread', `exec 0<&-; echo '${ANSWER}'`, APPROVED],
    ['closes its output, and stays', `exec 0<&- 1>&- 2>&-; ${NEVER_ENDS}`, UNREACHABLE],
    ['stops in the middle of a character', `printf '%s\\342\\202' '${ANSWER}'`, MALFORMED],
  ] as const)(
    '%s is bounded in time and memory, and leaves no process',
    { timeout: 240_000 },
    async ([, script, code]) => {
      using world = briefWorld();
      const peak = peakMemory(world);
      const agent = join(world.root, 'agent.sh');
      writeFileSync(agent, script);
      // What is left to itself is given all the time there is: nothing of it may be waited for.
      const timeout = code === UNREACHABLE ? `${TIMEOUT_MS / 1000}s` : '20m';
      const args = ['review', NAME, '--reviewer', `cmd:sh '${agent}'`, '--timeout', timeout];

      const end = await world.cli(args, { env: peak.env });

      const took = world
        .facts()
        .flatMap((fact) => (fact.type === 'call.finished' ? [Number(fact['duration_ms'])] : []));
      expect({ code: end.code, left: processesOf(world) }).toEqual({ code, left: [] });
      const most = code === UNREACHABLE ? TIMEOUT_MS + GRACE_MS : DRAIN_MS;
      expect(Math.max(...took)).toBeLessThan(most + LATE_MS);
      expect(peak.megabytes()).toBeLessThan(MOST_MEGABYTES);
    },
  );

  it.for([
    ['cmd:exec head -c 1000000000 /dev/zero', ''],
    ['codex', oneLine('{"type":"item.completed","item":{"type":"agent_message","text":"')],
    ['claude', oneLine('{"type":"result","subtype":"success","result":"')],
  ] as const)(
    'prints 1 GB is heard to its end in flat memory: %s',
    { timeout: 240_000 },
    async ([reviewer, script]) => {
      using world = briefWorld();
      const peak = peakMemory(world);
      if (reviewer === 'codex' || reviewer === 'claude') shamAgent(world, reviewer, script);

      const args = ['review', NAME, '--reviewer', reviewer, '--max-calls', '1'];
      const { code, stderr } = await world.cli(args, { env: peak.env });

      expect(code).toBe(MALFORMED);
      expect(stderr).toContain('The answer is longer than 16 MB.');
      expect(peak.megabytes()).toBeLessThan(MOST_MEGABYTES);
    },
  );
});

/** An answer that begins like any other, and goes on for 1 GB before its line ends. */
function oneLine(begin: string): string {
  return `printf %s '${begin}'; head -c 1000000000 /dev/zero | tr '\\0' x; printf '\\n{"type":"turn.completed"}\\n'`;
}
