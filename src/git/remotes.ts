import { openGit, type World } from './git.ts';

type In = { readonly root: string; readonly world: Pick<World, 'env'> };

/** Where the remotes of a repository are, `origin` first; as git reaches them, so with the replacements that its settings make. */
export async function remoteUrls({ root, world: { env } }: In): Promise<string[]> {
  const lines = (await openGit({ dir: root, env }).run('remote', '-v')).split('\n');
  const remotes = lines.flatMap((line) => {
    const [, name = '', url = ''] = /^([^\t]+)\t(.+) \(fetch\)/.exec(line) ?? [];
    return url === '' ? [] : [{ url, isOrigin: name === 'origin' }];
  });
  return remotes.toSorted((a, b) => Number(b.isOrigin) - Number(a.isOrigin)).map(({ url }) => url);
}

const GITHUB =
  /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?[:/]+([\w.-]+\/[\w.-]+?)(?:\.git)?\/*$/i;

/** `owner/name` of a repository on GitHub, from its address; undefined where it is somewhere else. */
export function githubName(url: string): string | undefined {
  return GITHUB.exec(url)?.[1];
}
