/** `coaia pipeline init`: writes a template file, new or after another one. */
import { relative } from 'node:path';
import { systemClock, toIso } from '#base';
import { defineCommand } from '#surface';
import { openPlaces, toFolders } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { TEMPLATE_FORMATS } from '../../templates/template.ts';
import type { FoundTemplate, TemplateFormat } from '../../templates/template.ts';
import { LOCATIONS, requireTemplateName, toFileText, writeNewTemplate } from '../template-files.ts';

export const command = defineCommand({
  words: 'pipeline init',
  summary: 'Write a template file, new or after another one',
  description:
    'A copy stands on its own. With --link it only extends the other one, so that changes there arrive here.',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Name of the new template', required: true }],
  options: {
    from: { type: 'string', placeholder: 'BASE', summary: 'Template to begin with', compat: true },
    location: {
      type: 'string',
      choices: LOCATIONS,
      default: 'user',
      placeholder: 'PLACE',
      summary: 'user: ~/.coaia/templates, project: ./.coaia/templates',
      compat: true,
    },
    format: {
      type: 'string',
      choices: TEMPLATE_FORMATS,
      default: 'json',
      placeholder: 'FORMAT',
      summary: 'json or yaml',
      compat: true,
    },
    link: { type: 'boolean', summary: 'Extend the base instead of copying it' },
    force: { type: 'boolean', summary: 'Replace a file that is there' },
  },
  examples: [
    'coaia pipeline init company-etl --from data-pipeline --location project',
    'coaia pipeline init nightly --format yaml',
  ],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const { name } = args;
    requireTemplateName(name);
    const places = openPlaces(context, async () => (await context.open()).templates);
    const base = options.from === undefined ? undefined : await findTemplate(places, options.from);
    const format = options.format as TemplateFormat;
    const template = toNewTemplate(name, base, options.link === true);
    const text = await toFileText(template, format);
    const folder = toFolders(context)[options.location === 'project' ? 'project' : 'user'];
    const path = writeNewTemplate(folder, { name, format, text }, options.force === true);
    if (flags.json) out.json({ name, path, from: base?.template.name ?? null });
    else out.confirm(`Wrote ${path.startsWith(cwd) ? relative(cwd, path) : path}.`);
  },
});

function toNewTemplate(
  name: string,
  base: FoundTemplate | undefined,
  isLink: boolean,
): Readonly<Record<string, unknown>> {
  const head = {
    name,
    version: '1.0.0',
    description: base?.template.description ?? 'What this pipeline is for',
    author: 'User-created',
    created_at: toIso(systemClock()),
  };
  if (base === undefined) return { ...head, ...MINIMAL };
  const { template, digest } = base;
  const { name: from, version } = template;
  if (isLink) return { ...head, extends: from, variables: [], steps: [] };
  const { extra: _extra, ...metadata } = template.metadata;
  return {
    ...head,
    metadata: { ...metadata, derived_from: { name: from, version, digest } },
    ...(template.requires === undefined ? {} : { requires: template.requires }),
    variables: template.variables,
    steps: template.steps,
  };
}

const MINIMAL = {
  variables: [
    { name: 'user_id', type: 'string', required: false, description: 'User of the trace' },
  ],
  steps: [
    {
      id: 'main',
      name: 'Main Step',
      observation_type: 'EVENT',
      variables: { input: { user_id: '{{user_id}}' } },
    },
  ],
};
