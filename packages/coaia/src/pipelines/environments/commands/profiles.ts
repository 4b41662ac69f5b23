import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isProfileName, readJsonFile, resolveSettings, toUserHome } from '#config';
import { defineCommand } from '#surface';
import { listPlaces, LOCATIONS } from '../environment.ts';
import type { Folders } from '../environment.ts';
import { openEnvironments } from '../open-environments.ts';

export const command = defineCommand({
  words: 'env profiles',
  summary: 'List profiles, which is in use, and which are protected',
  description:
    'A profile is whatever a file names: .coaia-env.dev, .env.dev, global.env.dev, or `profiles` in a settings file. `coaia config set protected true --profile NAME` protects one.',
  positionals: [],
  options: {},
  examples: ['coaia env profiles', 'coaia env profiles --json'],
  async run(context) {
    const { out, flags, env, cwd } = context;
    const { home, profile } = openEnvironments(context);
    const user = toUserHome(env);
    const names = new Set([
      ...LOCATIONS.flatMap((location) => listPlaces({ cwd, home }, location)).flatMap(
        ({ name }) => name ?? [],
      ),
      ...listDotenvNames({ cwd, home }),
      ...[join(cwd, 'coaia.json'), join(home, 'config.json')].flatMap(listJsonNames),
      ...(user === undefined ? [] : listJsonNames(join(user, 'coaia.json'))),
      ...(profile === undefined ? [] : [profile]),
    ]);
    const rows = [...names].toSorted().map((name) => ({
      name,
      active: name === profile,
      protected: resolveSettings({ env, cwd, profile: name }).values.protected,
    }));
    if (flags.json) out.json(rows);
    else
      out.table('profiles', rows, [
        { header: 'Name', value: ({ name }) => name },
        { header: 'In use', value: ({ active }) => (active ? 'yes' : '') },
        { header: 'Protected', value: (row) => (row.protected ? 'yes' : '') },
      ]);
  },
});

/** Names behind `.env.`, with or without `.local`, plain or encrypted; `.env.local` and samples are no profiles. */
function listDotenvNames({ cwd }: Folders): readonly string[] {
  return readdirSync(cwd).flatMap((file) => {
    const name = /^\.env\.(.+?)(?:\.local)?(?:\.age)?$/.exec(file)?.[1];
    const isNone = name === undefined || /^(?:local|age|example|sample|template)$/.test(name);
    return isNone || !isProfileName(name) ? [] : [name];
  });
}

function listJsonNames(path: string): readonly string[] {
  const profiles = readJsonFile(path)?.['profiles'];
  return typeof profiles === 'object' && profiles !== null ? Object.keys(profiles) : [];
}
