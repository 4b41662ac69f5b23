/** Encrypting again what is encrypted: for a changed list of keys, or under a fresh file key. */
import { readEnvFile, updatePrivateFile, encryptAge } from '#config';
import { ENCRYPTED, findFile, listPlaces } from './environment.ts';
import type { Location, Place } from './environment.ts';
import type { Environments } from './open-environments.ts';
import { readRecipients } from './recipients.ts';

/** The encrypted files of a location. */
export function listSealed(environments: Environments, location: Location): readonly Place[] {
  return listPlaces(environments, location).filter(
    (place) => findFile(place)?.endsWith(ENCRYPTED) === true,
  );
}

/** Writes each file anew, one at a time and each in one step; returns their paths. Nothing is written unless all open. */
export async function resealAll(
  environments: Environments,
  places: readonly Place[],
): Promise<readonly string[]> {
  const files = places.map(({ path }) => path + ENCRYPTED);
  for (const file of files) readEnvFile(file, environments.keys);
  for (const [index, file] of files.entries()) {
    const location = places[index]?.location ?? 'project';
    await updatePrivateFile(file, async () => {
      const content = readEnvFile(file, environments.keys);
      if (content === undefined) return undefined;
      return encryptAge(content.text, await readRecipients(environments, location));
    });
  }
  return files;
}
