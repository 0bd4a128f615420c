import { openWarm, type Warm } from './warm.ts';

/** All of a list; or, with PART=3/40 in the environment, every fortieth from the third on: for a first look. */
export function part<Item>(all: readonly Item[]): readonly Item[] {
  const [at = 1, of = 1] = (process.env['PART'] ?? '1/1').split('/').map(Number);
  return all.filter((_, index) => index % of === at - 1);
}

/** Does something with each item, two at a time; each lane has a warm process of its own. */
export async function inTwoLanes<Item>(
  items: readonly Item[],
  act: (item: Item, warm: Warm) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const lane = async (): Promise<void> => {
    using warm = openWarm();
    for (const item of left) await act(item, warm);
  };
  await Promise.all([lane(), lane()]);
}
