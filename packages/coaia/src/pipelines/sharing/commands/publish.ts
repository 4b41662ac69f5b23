/** `coaia pipeline publish`: a template to a server, or as a pack into a folder. */
import { join } from 'node:path';
import { EXIT } from '#base';
import { findHome, writeFileBytes } from '#config';
import { defineCommand } from '#surface';
import { PACK_ENDING } from '../pack.ts';
import { packTemplate } from '../pack-template.ts';
import { publishApi } from '../ports.ts';
import { findRemote } from '../remotes.ts';

export const command = defineCommand({
  words: 'pipeline publish',
  summary: 'Publish a template to a remote',
  description:
    'A server gets the template, with what it extends, as new revisions; a folder gets a signed pack.',
  needs: publishApi,
  positionals: [{ name: 'name', summary: 'Template, as name or name@range', required: true }],
  options: {
    to: { type: 'string', placeholder: 'REMOTE', required: true, summary: 'Name of the remote' },
    'dry-run': { type: 'boolean', summary: 'Only say what would be published' },
  },
  examples: [
    'coaia pipeline remote add mirror ./mirror; coaia pipeline publish data-pipeline --to mirror --dry-run',
  ],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const remote = findRemote(findHome(context), options.to);
    const { text, templates, publisher } = await packTemplate(context, args.name);
    const [first] = templates;
    if (first === undefined) return EXIT.failed;
    const file = join(remote.address, `${first.name}-${first.version}${PACK_ENDING}`);
    if (options['dry-run'] !== true) {
      const { openServer } = await context.open();
      // What is extended goes first: a server refuses a template whose base it lacks.
      const server = remote.kind === 'server' ? await openServer(remote.address) : undefined;
      if (server === undefined) await writeFileBytes(file, cwd, Buffer.from(text, 'utf8'));
      else
        for (const { name, text: own, format } of templates.toReversed())
          await server.putPipeline(name, { text: own, format });
    }
    const names = templates.map(({ name, version }) => `${name} ${version}`);
    const target = remote.kind === 'folder' ? file : remote.address;
    if (flags.json) out.json({ remote: remote.name, target, templates: names, publisher });
    else
      out.confirm(
        `${options['dry-run'] === true ? 'Would publish' : 'Published'} ${names.join(', ')} to ${target}.`,
      );
    return EXIT.done;
  },
});
