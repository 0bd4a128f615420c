// Loaded before the program with `node --import`. It gives every effect of the process a name: each change to a file and
// each program it starts that changes something. It writes down what changed anything (EFFECTS_LOG), ends the process by SIGKILL at
// one of them (EFFECTS_KILL: {"edge": "before" | "half" | "after", "effect": name}), or lets one of them fail and all that
// write after it (EFFECTS_FAIL: {"code": "ENOSPC" | "EIO", "effect": name}). The program itself knows nothing of it.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { EFFECTS_ROOT: root = '', EFFECTS_LOG: log, EFFECTS_KILL, EFFECTS_FAIL } = process.env;
for (const name of ['ROOT', 'LOG', 'KILL', 'FAIL']) delete process.env[`EFFECTS_${name}`]; // not for its children
const kill = EFFECTS_KILL === undefined ? undefined : JSON.parse(EFFECTS_KILL);
const failing = EFFECTS_FAIL === undefined ? undefined : JSON.parse(EFFECTS_FAIL);
const appendFileSync = fs.appendFileSync;

/** What fills a disk, or has to reach it. Removing, shortening and renaming still work on a full one. */
const WRITES = new Set(
  'open write writeFile mkdir mkdtemp link copyFile symlink appendFile sync datasync'.split(' '),
);
/** What can be cut in the middle. */
const LONG = new Set(['write', 'writeFile', 'appendFile']);

/** What has a disk keep what is written already: to who looks at the files it is no change. */
const WITHOUT_TRACE = new Set(['sync', 'datasync']);

const seen = new Map();
let hasFailed = false;

/** Names an effect by what it does to which file, and how often that was done before. */
function nameOf(op, path) {
  const plain = `${op} ${scrub(path)}`;
  const times = (seen.get(plain) ?? 0) + 1;
  seen.set(plain, times);
  return times === 1 ? plain : `${plain} #${times}`;
}

function scrub(path) {
  return path
    .replace(root, '~')
    .replace(/-[0-9a-f]{12}\.tmp\b/, '-*.tmp')
    .replace(/\d{8}T\d{6}Z/, '<time>')
    .replace(/\.lock\.[0-9a-f]{16}\b/, '.lock.*')
    .replace(/\b(refine-plan-|call-)[0-9a-f]{16,}/, '$1*');
}

function note(effect, { changes }) {
  if (log !== undefined) appendFileSync(log, `${JSON.stringify({ effect, changes })}\n`);
}

function isNow(edge, effect) {
  return kill !== undefined && kill.edge === edge && kill.effect === effect;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  for (;;); // until the signal arrives
}

function fails(op, effect) {
  if (failing === undefined) return false;
  hasFailed ||= failing.effect === effect;
  return hasFailed && (failing.code === 'EIO' ? op !== 'open' || effect === failing.effect : WRITES.has(op));
}

function problem(op) {
  const [errno, words] = failing.code === 'EIO' ? [-5, 'i/o error'] : [-28, 'no space left on device'];
  return Object.assign(new Error(`${failing.code}: ${words}, ${op}`), {
    code: failing.code,
    errno,
    syscall: op,
  });
}

/** The first half of what a call would write; the rest of its arguments as they are. */
function halved(op, [first, ...rest], onHandle) {
  if (op === 'write') {
    const [offset = 0, length = first.length - offset, position] = rest;
    return [first, offset, Math.floor(length / 2), position];
  }
  if (!onHandle) return [first, half(rest[0]), ...rest.slice(1)];
  return [half(first), ...rest];
}

function half(content) {
  const bytes = Buffer.from(content);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

async function perform(op, path, { go, args, onHandle }) {
  const effect = nameOf(op, path);
  if (isNow('before', effect)) die();
  if (isNow('half', effect)) {
    await go(halved(op, args, onHandle));
    die();
  }
  if (fails(op, effect)) {
    if (LONG.has(op)) await go(halved(op, args, onHandle)).catch(() => undefined);
    throw problem(op);
  }
  const result = await go(args);
  note(effect, {
    changes: !WITHOUT_TRACE.has(op) && !(op === 'mkdir' && args[1]?.recursive && result === undefined),
  });
  if (isNow('after', effect)) die();
  return result;
}

const paths = new WeakMap();
const isForReading = (flags) =>
  flags === undefined || flags === 'r' || (typeof flags === 'number' && (flags & 3) === 0);

const open = promises.open;
promises.open = async (path, flags, ...rest) => {
  const go = (args) => open(...args);
  const handle = isForReading(flags)
    ? await open(path, flags, ...rest)
    : await perform('open', String(path), { go, args: [path, flags, ...rest] });
  paths.set(handle, String(path));
  return handle;
};

const FILES =
  'writeFile appendFile rename link symlink unlink rm rmdir mkdir mkdtemp truncate chmod chown copyFile utimes';
for (const op of FILES.split(' ')) {
  const original = promises[op];
  const named = op === 'rename' || op === 'link' ? 1 : 0; // the new name says which file it is
  promises[op] = (...args) =>
    perform(op, String(args[named]), { go: (given) => original(...given), args, onHandle: false });
}

const probe = await open('/dev/null', 'r');
const FileHandle = Object.getPrototypeOf(probe);
await probe.close();
for (const op of 'write writeFile appendFile truncate chmod chown utimes sync datasync'.split(' ')) {
  const original = FileHandle[op];
  FileHandle[op] = function (...args) {
    const go = (given) => original.apply(this, given);
    return perform(op, paths.get(this) ?? '?', { go, args, onHandle: true });
  };
}

/** A program that changes something goes on by itself when this one dies: `half` is while it runs. */
const CHANGING = new Set(['commit', 'update-index', 'reset', 'add']);
const spawn = childProcess.spawn;
childProcess.spawn = (file, args, options, ...rest) => {
  const env = options?.env ?? {};
  const what =
    file === 'git'
      ? args.find((arg) => CHANGING.has(arg))
      : env.REFINE_PLAN_ROLE && `${env.REFINE_PLAN_ROLE}/${env.REFINE_PLAN_ROUND}`;
  if (!what) return spawn(file, args, options, ...rest);
  const effect = nameOf('spawn', what);
  note(effect, { changes: true });
  if (isNow('before', effect)) die();
  const child = spawn(file, args, options, ...rest);
  if (isNow('half', effect)) die();
  if (isNow('after', effect)) child.prependListener('exit', die);
  return child;
};

syncBuiltinESMExports();
