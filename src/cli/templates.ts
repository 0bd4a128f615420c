import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { blanks } from '../core/template.ts';
import { badPrompt } from '../errors/cli.ts';
import { packageFile } from '../package-file.ts';
import type { Templates } from '../ports.ts';
import { digest } from '../store/plan-file.ts';
import { PROMPT_NAMES, type PromptName } from './config-file.ts';
import type { Resolution } from './resolve.ts';

/** The prompts of this package, or those a trusted config file names instead. A replacement must leave no blank that nothing fills. */
export async function loadTemplates({ prompts }: Pick<Resolution, 'prompts'>): Promise<Templates> {
  const entries = await Promise.all(
    PROMPT_NAMES.map(async (name) => [name, await loadTemplate(name, prompts)] as const),
  );
  return Object.fromEntries(entries) as Templates; // every name is there, as listed
}

/** The digest of each prompt that is not of this package, by name. */
export async function replacedPrompts({
  prompts,
}: Pick<Resolution, 'prompts'>): Promise<Record<string, string>> {
  const digests = [...prompts.keys()].map(
    async (name) => [name, digest(await loadTemplate(name, prompts))] as const,
  );
  return Object.fromEntries(await Promise.all(digests));
}

async function loadTemplate(name: PromptName, prompts: Resolution['prompts']): Promise<string> {
  const own = await readFile(packageFile(`references/prompts/${name}.md`), 'utf8');
  const replaced = prompts.get(name);
  if (!replaced) return own;
  const path = resolve(dirname(replaced.from), replaced.path);
  const text = await readFile(path, 'utf8').catch(() => {
    throw badPrompt(name, replaced.from, `${replaced.path} cannot be read`);
  });
  const unknown = [...blanks(text)].filter((blank) => !blanks(own).has(blank));
  if (unknown.length > 0)
    throw badPrompt(
      name,
      replaced.from,
      `${replaced.path} has blanks that nothing fills: ${unknown.join(', ')}`,
    );
  return text;
}
