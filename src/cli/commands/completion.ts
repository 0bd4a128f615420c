import { unknownShell } from '../../errors/cli.ts';
import { SCRIPTS } from '../completion/scripts.ts';
import type { CommonFlags } from '../flags.ts';
import type { World } from '../world.ts';

/** `refine-plan completion <shell>`: what that shell loads to complete commands, options, plans and runs. */
export function completion(args: readonly string[], _: CommonFlags, world: World): Promise<number> {
  const [name = ''] = args;
  const script = new Map<string, string>(Object.entries(SCRIPTS)).get(name);
  if (script === undefined) throw unknownShell(name, Object.keys(SCRIPTS));
  world.stdout.write(script);
  return Promise.resolve(0);
}
