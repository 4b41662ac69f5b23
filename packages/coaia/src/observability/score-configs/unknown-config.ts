/** The failure for a name that no score config has. */
import { findNearest, type CoaiaError } from '#base';
import { scoreFailures } from '../scores/errors.ts';
import type { ConfigFinder } from './config-finder.ts';

/** COAIA-1084 with the nearest names that the local cache knows. */
export async function unknownConfig(finder: ConfigFinder, nameOrId: string): Promise<CoaiaError> {
  const names = (await finder.listCached()).map(({ name }) => name);
  const near = findNearest(nameOrId, names);
  return scoreFailures.create('COAIA-1084', `There is no score config "${nameOrId}".`, {
    hint: near.length === 0 ? 'coaia fuse score-configs list' : `did you mean ${near.join(', ')}?`,
  });
}
