import { expect, it } from 'vitest';
import { githubName, remoteUrls } from '../../src/git/remotes.ts';
import { tempRepo } from './temp-repo.ts';

it('names where the remotes are, origin first, as git reaches them', async () => {
  const repo = await tempRepo();
  expect(await remoteUrls(repo)).toEqual([]);

  await repo.git('remote', 'add', 'backup', '/srv/backup of it.git');
  await repo.git('remote', 'add', 'origin', 'gh:acme/shop');
  await repo.git('config', 'url.git@github.com:.insteadOf', 'gh:');

  expect(await remoteUrls(repo)).toEqual(['git@github.com:acme/shop', '/srv/backup of it.git']);
});

it.each([
  ['https://github.com/acme/shop', 'acme/shop'],
  ['https://github.com/acme/shop.js.git', 'acme/shop.js'],
  ['https://user:secret@github.com/acme/shop/', 'acme/shop'],
  ['git@github.com:acme/shop.git', 'acme/shop'],
  ['ssh://git@ssh.github.com:443/acme/shop.git', 'acme/shop'],
  ['git@github.com:007/shop', '007/shop'],
  ['git@gitlab.com:acme/shop.git', undefined],
  ['https://example.com/github.com/acme/shop', undefined],
  ['https://notgithub.com/acme/shop', undefined],
  ['git@github.com:acme/a b', undefined],
  ['git@github.com:acme/group/shop', undefined],
  ['/srv/shop.git', undefined],
])('knows a repository on GitHub by its address: %s', (url, name) => {
  expect(githubName(url)).toBe(name);
});
