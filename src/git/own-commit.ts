import type { CommitRequest } from '../ports.ts';
import { isFileAt } from './blobs.ts';
import type { Git } from './git.ts';
import { literal } from './open-repo.ts';
import { keyOf, RUN_TRAILER, subjectOf } from './trailers.ts';

type Wanted = Pick<CommitRequest, 'key' | 'subject' | 'since'>;
type Commit = { readonly sha: string; readonly subject: string; readonly keys: readonly string[] };

/** The commit since the start that was made for this key and holds the file as it is on disk now; null where there is none. */
export async function findOwnCommit(git: Git, wanted: Wanted, path: string): Promise<string | null> {
  const commits = await commitsSince(git, wanted.since, [literal(path)]);
  for (const { sha } of [...commits.filter(hasKey(wanted)), ...commits.filter(lostTrailer(wanted))]) {
    if (await isFileAt(git, sha, path)) return sha;
  }
  return null;
}

/** The commit that git has just made for us: among those since the head before, which others may have added to. */
export async function findMadeCommit(
  git: Git,
  wanted: Wanted,
  { path, succeeded }: { path: string; succeeded: boolean },
): Promise<string | null> {
  const ours = (commits: readonly Commit[]): Commit | undefined =>
    commits.find(hasKey(wanted)) ?? commits.find(lostTrailer(wanted));
  const touching = await commitsSince(git, wanted.since, [literal(path)]);
  // Where there is neither, a hook wrote a message of its own, or another commit that began in the same instant did.
  const found = ours(touching) ?? (succeeded ? touching[0] : undefined);
  if (found) return found.sha;
  // Without the file and without success it is the commit of somebody else, which began beside ours and took our message.
  if (!succeeded) return null;
  const commits = await commitsSince(git, wanted.since, []); // a hook may have taken the file out
  return (ours(commits) ?? commits[0])?.sha ?? null;
}

/** Exactly this key: round 1 is not round 10. */
function hasKey({ key }: Wanted) {
  return ({ keys }: Commit): boolean => keys.includes(keyOf(key));
}

function lostTrailer({ subject }: Wanted) {
  return (commit: Commit): boolean => commit.keys.length === 0 && commit.subject === subjectOf(subject);
}

/** Newest first, side branches included. */
async function commitsSince(git: Git, since: string | null, paths: readonly string[]): Promise<Commit[]> {
  const range = since === null ? 'HEAD' : `${since}..HEAD`;
  const { exitCode, stdout } = await git.attempt(...LOG, `--format=${FORMAT}`, range, '--', ...paths);
  // There is no HEAD yet, or the old one was thrown away together with all that followed it.
  if (exitCode !== 0) return [];
  const fields = stdout.split('\0');
  return Array.from({ length: Math.floor(fields.length / 3) }, (_, i) => {
    const [sha = '', subject = '', keys = ''] = fields.slice(i * 3, i * 3 + 3);
    return { sha, subject, keys: keys.split(SEPARATOR).filter((key) => key !== '') };
  });
}

const SEPARATOR = '\u001f';
const FORMAT = `%H%x00%s%x00%(trailers:key=${RUN_TRAILER},valueonly,unfold,separator=%x1f)`;
// What the user may have configured for `git log` and for trailers would change what is read here.
const PLAIN = [
  'log.showSignature=false',
  'log.follow=false',
  'log.mailmap=false',
  'trailer.separators=:',
].flatMap((it) => ['-c', it]);
const LOG = [...PLAIN, 'log', '-z', '--full-history', '--encoding=UTF-8'];
