import type { EnvWishes } from '../../agents/agent-env.ts';
import { jsonText } from '../../lib/json-text.ts';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../errors.ts';
import { LOGIN } from '../../errors/agents.ts';
import { preflight } from '../../git/preflight.ts';
import { themeFor } from '../../ui/theme.ts';
import { detectIn, readySettings, specOf, wishesOf } from '../agents.ts';
import type { CommonFlags } from '../flags.ts';
import { placeOf, type Place } from '../place.ts';
import { stateRootFor } from '../settings-at.ts';
import type { World } from '../world.ts';

/** One thing a run needs: whether it is there, and what to do about it if not. */
type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string | null;
};

/** `refine-plan doctor`: what is installed, logged in, writable, and what to do about it. Exit 1 with gaps. */
export async function doctor(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const place = await attempt('configuration', async () => placeOf(world.cwd, flags, world));
  const checks = place.value ? [...(await checksFor(place.value, world))] : [place.check];
  const gaps = checks.filter(({ ok }) => !ok);
  if (flags.json) world.stdout.write(`${jsonText({ ok: gaps.length === 0, checks })}\n`);
  else world.stdout.write(text(checks, flags, world));
  return gaps.length === 0 ? 0 : 1;
}

async function checksFor(place: Place, world: World): Promise<Check[]> {
  const root = place.repo?.root ?? world.cwd;
  const probe = join(root, 'docs', 'plans', 'plan.md');
  const repository = await attempt('repository', async () => {
    if (!place.repo) return preflight(join(world.cwd, 'plan.md'), { commits: true, world });
    return preflight(join(root, 'plan.md'), { commits: true, world });
  });
  return [
    { name: 'node', ok: true, detail: process.version, fix: null },
    { ...repository.check, detail: repository.value ? `git, ${root}` : repository.check.detail },
    await stateCheck(stateRootFor(probe, place.resolution, world)),
    ...(await agentChecks(place, world)),
  ];
}

async function agentChecks({ resolution }: Place, world: World): Promise<Check[]> {
  const chosen = await attempt('agents', async () => readySettings(resolution, world));
  if (!chosen.value) return [chosen.check];
  const settings = chosen.value;
  const { reviewer, further_reviewers: further, implementer, verifier, arbiter } = settings;
  const roles = [
    ...[reviewer, ...further].map((spec) => ['reviewer', spec] as const),
    ['implementer', implementer] as const,
    ['verifier', verifier] as const,
    ['arbiter', arbiter ?? 'off'] as const,
  ];
  const specs = [...new Set(roles.map(([, spec]) => spec))].filter((spec) => spec !== 'off');
  const checks = await Promise.all(specs.map((spec) => agentCheck(spec, wishesOf(settings), world)));
  return [
    {
      name: 'agents',
      ok: true,
      detail: `${roles.map(([role, spec]) => `${role} ${spec}`).join(', ')}; edits ${settings.edit_mode}`,
      fix: null,
    },
    ...checks.flat(),
  ];
}

async function agentCheck(text: string, wishes: EnvWishes, world: World): Promise<Check[]> {
  const spec = specOf(text);
  if (spec.kind === 'cmd') return [{ name: 'cmd', ok: true, detail: spec.command, fix: null }];
  const found = await detectIn(spec.kind, world, wishes);
  const { command, key } = LOGIN[spec.kind];
  return [
    { name: spec.kind, ok: true, detail: `version ${found.version ?? 'unknown'}`, fix: null },
    {
      name: `${spec.kind} login`,
      ok: found.isLoggedIn,
      detail: found.isLoggedIn ? 'logged in' : 'not logged in',
      fix: found.isLoggedIn ? null : `Run: ${command} (or set ${key})`,
    },
    ...(found.sandboxWorks === null
      ? []
      : [
          {
            name: `${spec.kind} sandbox`,
            ok: found.sandboxWorks,
            detail: found.sandboxWorks ? 'works' : 'cannot be set up',
            fix: found.sandboxWorks
              ? null
              : 'Allow user namespaces on this machine; until then codex can read nothing but the prompt.',
          },
        ]),
  ];
}

async function stateCheck(root: string): Promise<Check> {
  const existing = await nearestExisting(root);
  const ok = await access(existing, constants.W_OK).then(
    () => true,
    () => false,
  );
  return {
    name: 'state',
    ok,
    detail: ok ? root : `${existing} cannot be written`,
    fix: ok ? null : 'Keep the state elsewhere with: --state-root DIR',
  };
}

async function nearestExisting(path: string): Promise<string> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists || dirname(path) === path ? path : nearestExisting(dirname(path));
}

async function attempt<T>(name: string, check: () => Promise<T>): Promise<{ value?: T; check: Check }> {
  try {
    return { value: await check(), check: { name, ok: true, detail: 'fine', fix: null } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { check: { name, ok: false, detail: error.message, fix: error.hint } };
  }
}

function text(checks: readonly Check[], flags: CommonFlags, world: World): string {
  const { isUnicode, colors } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  const mark = (ok: boolean): string =>
    ok ? colors.green(isUnicode ? '✓' : 'ok ') : colors.red(isUnicode ? '✗' : 'NO ');
  const width = Math.max(...checks.map(({ name }) => name.length));
  const indent = ' '.repeat(width + (isUnicode ? 4 : 6));
  return checks
    .map(
      ({ name, ok, detail, fix }) =>
        `${mark(ok)} ${name.padEnd(width)}  ${detail}\n${fix ? `${indent}${fix}\n` : ''}`,
    )
    .join('');
}
