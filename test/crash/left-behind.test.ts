import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processesOf } from '../rig/processes.ts';
import { ended, type World } from '../rig/world.ts';
import { briefWorld, FIXED, untilThere } from '../e2e/support.ts';

const NAME = 'docs/plans/import.md';
const PATIENCE = { timeout: 180_000 };

/** Who is at work when the program is killed: none of them ends by being asked to, and all would write to the plan. */
const AGENTS: Readonly<Record<string, (world: World) => readonly string[]>> = {
  'cmd, in place': (world) => ['--edit-mode', 'in-place', '--implementer', `cmd:sh '${layDeaf(world)}'`],
  'codex, in place': (world) => {
    const codex = join(world.root, 'bin', 'codex');
    writeFileSync(
      codex,
      `#!/bin/sh\n[ "$1" = exec ] && exec sh '${layDeaf(world)}'\necho codex-cli 0.169.0\n`,
    );
    return ['--edit-mode', 'in-place', '--reviewer', scripted(world)];
  },
  claude: (world) => {
    const script = `#!/bin/sh\n[ "$1" = -p ] && exec sh '${layDeaf(world)}'\necho 2.1.0\n`;
    writeFileSync(join(world.root, 'bin', 'claude'), script, { mode: 0o755 });
    return ['--implementer', 'claude'];
  },
};

/** The scripted agent as a command: under its other name it takes itself for codex. */
function scripted({ root }: World): string {
  copyFileSync(join(root, 'agent', 'codex'), join(root, 'agent', 'scripted.mjs'));
  return `cmd:node '${root}/agent/scripted.mjs'`;
}

/** An agent that starts a session of its own, that nobody is the parent of; both go on after everything else has ended. */
function layDeaf({ root, repo }: World): string {
  const write = `while [ ! -e ${root}/go ]; do sleep 0.1; done; echo From the dead. >> ${repo}/${NAME}`;
  writeFileSync(join(root, 'escaped.sh'), `trap '' HUP TERM\ntouch ${root}/at-work\n${write}\n`);
  writeFileSync(
    join(root, 'deaf.sh'),
    `trap '' HUP TERM\ncat > /dev/null\nsetsid -f sh ${root}/escaped.sh\n${write}\n`,
  );
  return join(root, 'deaf.sh');
}

/** Starts a run, and kills the program alone while its implementer is at work. */
async function killAtWork(world: World, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = world.start([NAME, ...args], { env });
  const end = ended(child);
  await Promise.race([untilThere(join(world.root, 'at-work')), end]);
  child.kill('SIGKILL');
  expect(await end).toMatchObject({ signal: 'SIGKILL' });
}

describe.concurrent('an agent that a killed program left behind', () => {
  it.for([
    ['cmd, in place', ['resume']],
    ['cmd, in place', [NAME, '--on-resume', 'fresh']],
    ['codex, in place', ['resume']],
    ['claude', ['resume']],
  ] as const)('(%s) is ended by `%s` before it can touch the plan', PATIENCE, async ([agent, next]) => {
    using world = briefWorld();
    const tmp = join(world.root, 'tmp');
    mkdirSync(tmp);
    const env = { TMPDIR: tmp };
    await killAtWork(world, AGENTS[agent]?.(world) ?? [], env);
    const [left, scratches] = [processesOf(world).length, readdirSync(tmp).length];

    const { code, stderr } = await world.cli([...next, '--implementer', scripted(world)], { env });
    writeFileSync(join(world.root, 'go'), '');

    expect({ left: left > 1, scratches }).toEqual({ left: true, scratches: 1 });
    expect(stderr).toMatch(
      /^! Run import-\S+ was killed and left (?:cmd|codex|claude) running \(process [\d, ]+\); it is ended now\.$/m,
    );
    expect({ code, left: processesOf(world), scratches: readdirSync(tmp) }).toEqual({
      code: 0,
      left: [],
      scratches: [],
    });
    expect(world.read(NAME)).toBe(FIXED);
    const state = readdirSync(join(world.repo, 'docs/plans/.refine-plan-against-codex'));
    expect(state.filter((name) => name.startsWith('call-'))).toEqual([]);
  });
});
