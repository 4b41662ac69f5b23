import { isArmoured, readEnvFile, readSmallFile } from '#config';
import { defineCommand } from '#surface';
import { DEFAULT_NAME, findFile, isMetadata, listPlaces, LOCATIONS } from '../environment.ts';
import type { Place } from '../environment.ts';
import {
  findPlace,
  keyOptions,
  openEnvironments,
  placeOptions,
  readEnvironment,
  toLocation,
} from '../open-environments.ts';
import { revealOption, showEnvironment } from '../show.ts';

export const command = defineCommand({
  words: 'env list',
  summary: 'List environments, or the variables of one',
  description: 'Values that look like secrets are hidden unless --reveal is given.',
  positionals: [],
  options: { ...placeOptions, ...keyOptions, ...revealOption },
  examples: ['coaia env list', 'coaia env list --name default', 'coaia env list --json'],
  async run(context, { options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    if (options.name !== undefined) {
      const found = readEnvironment(context, environments, findPlace(environments, options));
      showEnvironment(context, found, options.reveal);
      return;
    }
    const only = toLocation(options);
    const locations = LOCATIONS.filter((location) => only === undefined || location === only);
    const places = locations.flatMap((location) => listPlaces(environments, location));
    if (flags.json) {
      const names = locations.map((location) => [
        location,
        places.filter((place) => place.location === location).map(toName),
      ]);
      out.json(Object.fromEntries(names));
      return;
    }
    out.table('environments', places, [
      { header: 'Location', value: ({ location }) => location },
      { header: 'Name', value: toName },
      { header: 'Variables', value: toCount, align: 'right' },
      { header: 'File', value: (place) => findFile(place) ?? place.path, drop: 1 },
    ]);
  },
});

function toName({ name }: Place): string {
  return name ?? DEFAULT_NAME;
}

/** Counting opens nothing that is encrypted. */
function toCount(place: Place): string {
  const file = findFile(place) ?? place.path;
  if (isArmoured(readSmallFile(file) ?? '')) return 'encrypted';
  const names = Object.keys(readEnvFile(file)?.values ?? {});
  return String(names.filter((name) => !isMetadata(name)).length);
}
