/** Changing a config that is named on the command line. */
import type { CommandContext } from '#surface';
import type { ScoreConfig, ScoreConfigChange, ScoresApi } from '@coaia/client';
import { createConfigFinder } from './config-finder.ts';
import { unknownConfig } from './unknown-config.ts';

/** Finds it on the server itself, changes it, and renews the local cache. Throws COAIA-1084. */
export async function changeConfig(
  context: CommandContext<ScoresApi>,
  nameOrId: string,
  change: ScoreConfigChange,
): Promise<ScoreConfig> {
  const api = await context.open();
  const finder = createConfigFinder(context, api, { skipCache: true });
  const config = await finder.find(nameOrId);
  if (config === undefined) throw await unknownConfig(finder, nameOrId);
  const changed = await api.updateScoreConfig(config.id, change);
  await finder.listFresh();
  return changed;
}
