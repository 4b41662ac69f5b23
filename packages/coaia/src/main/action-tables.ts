/** Every action of every room: what a step of a pipeline can do. Imports tables only. */
import type { ActionEntry } from '#surface';
import { audioActions } from '../audio/actions.ts';
import { pipelineActions } from '../pipelines/actions.ts';
import { servingActions } from '../serving/actions.ts';
import { stashActions } from '../stash/actions.ts';
import { textActions } from '../text/actions.ts';

export const actionEntries: readonly ActionEntry[] = [
  ...pipelineActions,
  ...stashActions,
  ...textActions,
  ...audioActions,
  ...servingActions,
];

const byName = new Map(actionEntries.map((entry) => [entry.name, entry]));

/** The action of that name. */
export function findAction(name: string): ActionEntry | undefined {
  return byName.get(name);
}
