/** Which config is meant by a name or id. */
import type { ScoreConfig } from '@coaia/client';

/**
 * By id, then by exact name, then by name without regard to case; among equals one in use before an archived one,
 * and otherwise the first.
 */
export function matchConfig<T extends Pick<ScoreConfig, 'id' | 'name' | 'isArchived'>>(
  configs: readonly T[],
  nameOrId: string,
): T | undefined {
  const wanted = nameOrId.trim().toLowerCase();
  return (
    configs.find(({ id }) => id === nameOrId) ??
    findBest(configs.filter(({ name }) => name === nameOrId)) ??
    findBest(configs.filter(({ name }) => name.toLowerCase() === wanted))
  );
}

function findBest<T extends Pick<ScoreConfig, 'isArchived'>>(matches: readonly T[]): T | undefined {
  return matches.find(({ isArchived }) => !isArchived) ?? matches[0];
}
