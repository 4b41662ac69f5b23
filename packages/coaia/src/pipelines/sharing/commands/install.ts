/** `coaia pipeline install`: templates from elsewhere, after saying what they are. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, systemClock, toIso } from '#base';
import type { CommandContext } from '#surface';
import { defineCommand } from '#surface';
import { checkPublisher, installPack, listActions } from '../install.ts';
import type { Pack } from '../pack.ts';
import { sharingApi, type SharingApi } from '../ports.ts';
import { findPublisher, rememberPublisher } from '../publishers.ts';
import { parseSource, readSource } from '../source.ts';
import { locationOption, toPlace } from './places.ts';

export const command = defineCommand({
  words: 'pipeline install',
  summary: 'Install templates from a file, folder, git repository, address or remote',
  description:
    'Says who signed them and what their steps would do, and asks. Installing runs nothing. What was installed is written into templates.lock.',
  needs: sharingApi,
  positionals: [
    {
      name: 'source',
      summary:
        'Pack, template file, folder, git or https address, or REMOTE/NAME; @V is a version, tag or branch',
      required: true,
    },
  ],
  options: {
    location: locationOption,
    force: { type: 'boolean', summary: 'Replace a file that was not installed' },
    'trust-new-publisher': {
      type: 'boolean',
      summary: 'Accept another publisher than the one before',
    },
  },
  examples: [
    'coaia pipeline pack data-pipeline -o d.coaia-pack.json; coaia pipeline install d.coaia-pack.json --yes',
    'coaia pipeline install https://example.com/templates.git@v1 --yes || true',
  ],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const api = await context.open();
    const isFile = existsSync(resolve(cwd, args.source));
    const source = isFile ? { text: args.source, version: undefined } : parseSource(args.source);
    const pack = await readSource(api, cwd, source);
    const place = toPlace(context, options.location);
    if (options['trust-new-publisher'] !== true) checkPublisher(place, pack);
    if (!(await isAccepted(context, api, pack))) return EXIT.unconfirmed;
    const installed = installPack(place, pack, args.source, options.force === true);
    if (pack.publisher !== null) rememberPublisher(api.home, pack.publisher, toIso(systemClock()));
    if (flags.json) out.json({ publisher: pack.publisher, templates: installed });
    else
      for (const { name, version, path, isNew } of installed)
        out.confirm(`${isNew ? 'Installed' : 'Unchanged'} ${name} ${version}: ${path}`);
    return EXIT.done;
  },
});

/** Says what there is to know, on stderr, and asks where there is something to decide. */
async function isAccepted(
  { out, confirm }: CommandContext<SharingApi>,
  { home }: SharingApi,
  pack: Pack,
): Promise<boolean> {
  const { publisher, templates } = pack;
  const since = publisher === null ? undefined : findPublisher(home, publisher);
  for (const { name, version, digest } of templates) out.notice(`${name} ${version}  ${digest}`);
  if (publisher === null) out.notice('Signed by nobody.');
  else if (since === undefined)
    out.notice(
      `Signed by ${publisher}, seen for the first time: compare it with what the publisher says.`,
    );
  else out.notice(`Signed by ${publisher}, known since ${since.slice(0, 10)}.`);
  const actions = await listActions(pack);
  for (const [name, list] of actions)
    out.notice(`Steps of ${name} that do something: ${list.map(toPlain).join(', ')}.`);
  if (actions.size === 0 && (publisher === null || since !== undefined)) return true;
  return confirm(
    actions.size > 0 ? 'Install templates whose steps do this?' : 'Trust this publisher?',
  );
}

/** Without what would steer a terminal. */
function toPlain(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?');
}
