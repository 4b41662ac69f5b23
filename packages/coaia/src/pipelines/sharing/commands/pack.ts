/** `coaia pipeline pack`: a template with all that it extends in one signed file. */
import { writeFileBytes } from '#config';
import { defineCommand } from '#surface';
import { templatesApi } from '../../stored/ports.ts';
import { packTemplate } from '../pack-template.ts';

export const command = defineCommand({
  words: 'pipeline pack',
  summary: 'Write a template, with what it extends, into one signed file',
  description:
    'Signed with the key of this home, which is made when it is first needed. The file holds JSON and nothing that runs.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Template, as name or name@range', required: true }],
  options: {
    output: {
      type: 'string',
      short: 'o',
      placeholder: 'FILE',
      required: true,
      summary: 'File to write',
    },
  },
  examples: ['coaia pipeline pack data-pipeline -o data-pipeline.coaia-pack.json'],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const { text, templates, publisher } = await packTemplate(context, args.name);
    await writeFileBytes(options.output, cwd, Buffer.from(text, 'utf8'));
    const names = templates.map(({ name, version }) => `${name} ${version}`);
    if (flags.json) out.json({ file: options.output, templates: names, publisher });
    else out.confirm(`Wrote ${names.join(', ')} to ${options.output}, signed by ${publisher}.`);
  },
});
