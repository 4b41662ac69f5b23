/** `coaia pipeline verify`: installed templates against templates.lock, or a pack against its signature. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { sharingFailures } from '../errors.ts';
import { findDigest, toPath } from '../install.ts';
import { readLock } from '../lock-file.ts';
import { readPack } from '../pack.ts';
import { locationOption, toPlace } from './places.ts';

interface Verified {
  readonly name: string;
  readonly version: string;
  readonly state: 'same' | 'changed' | 'gone';
  readonly publisher: string | null;
  readonly source: string;
}

export const command = defineCommand({
  words: 'pipeline verify',
  summary: 'Check installed templates against templates.lock, or a pack against its signature',
  positionals: [{ name: 'name', summary: 'Template, or the file of a pack; all without it' }],
  options: { location: locationOption },
  examples: [
    'coaia pipeline verify',
    'coaia pipeline pack data-pipeline -o d.coaia-pack.json; coaia pipeline verify d.coaia-pack.json',
  ],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const path = args.name === undefined ? undefined : resolve(cwd, args.name);
    if (path !== undefined && existsSync(path)) {
      const { templates, publisher } = readPack(readFileSync(path, 'utf8'), args.name ?? '');
      const names = templates.map(({ name, version }) => `${name} ${version}`);
      if (flags.json) out.json({ templates: names, publisher });
      else
        out.line(
          `${names.join(', ')}: ${publisher === null ? 'signed by nobody' : `signed by ${publisher}`}.`,
        );
      return EXIT.done;
    }
    const place = toPlace(context, options.location);
    const lock = Object.entries(readLock(place.folder));
    const entries = lock.filter(([name]) => args.name === undefined || name === args.name);
    if (args.name !== undefined && entries.length === 0)
      throw sharingFailures.create(
        'COAIA-5320',
        `${args.name} is neither installed here nor a file.`,
      );
    const rows = entries.map(([name, entry]): Verified => {
      const digest = findDigest(toPath(place, { name, format: entry.format }));
      const state = digest === entry.digest ? 'same' : digest === undefined ? 'gone' : 'changed';
      return {
        name,
        version: entry.version,
        state,
        publisher: entry.publisher,
        source: entry.source,
      };
    });
    if (flags.json) out.json(rows);
    else
      for (const { name, version, state, source } of rows)
        out.line(`${state.padEnd(8)}${name} ${version}  (${source})`);
    const different = rows.find(({ state }) => state !== 'same');
    if (different === undefined) return EXIT.done;
    throw sharingFailures.create(
      'COAIA-5325',
      `${different.name} is not what was installed: its file is ${different.state}.`,
      {
        hint: `coaia pipeline install ${different.source}`,
      },
    );
  },
});
