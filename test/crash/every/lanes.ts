import { openWarm, type Warm } from './warm.ts';

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
