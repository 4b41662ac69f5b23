/** `coaia pipeline show`: what a template asks for and what it records. */
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { toPreview } from '../../stored/summary.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { renderPipeline } from '../../templates/render-pipeline.ts';
import type { FoundTemplate } from '../../templates/template.ts';
import { toShownValues } from '../../templates/variables.ts';
import { toExampleValues } from '../example-values.ts';
import { toPlainOutput } from '../plain-lines.ts';
import { printTemplate } from '../show-template.ts';

export const command = defineCommand({
  words: 'pipeline show',
  summary: 'Show a template: its variables and steps',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Template: NAME, NAME@RANGE or ./FILE', required: true }],
  options: {
    preview: {
      type: 'boolean',
      summary: 'Also show what it records, with defaults and example values',
      compat: true,
    },
    yaml: { type: 'boolean', summary: 'Print the template as YAML, with what it extends applied' },
    text: { type: 'boolean', summary: 'Print the file as it was written' },
  },
  examples: ['coaia pipeline show llm-chain --preview', 'coaia pipeline show simple-trace --yaml'],
  async run(context, { options, args }) {
    const { out, flags, env } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const found = await findTemplate(places, args.name);
    const preview = options.preview === true ? renderExample(found, env) : undefined;
    if (options.text === true) out.raw(found.text);
    else if (options.yaml === true) out.raw(await toYaml(found));
    else if (flags.json) out.json(toJson(found, preview));
    else {
      printTemplate(out, found);
      if (preview !== undefined) printPreview(out, preview);
    }
  },
});

interface Preview extends ReturnType<typeof toPreview> {
  readonly variables: Readonly<Record<string, unknown>>;
}

function renderExample(
  found: FoundTemplate,
  env: Readonly<Record<string, string | undefined>>,
): Preview {
  const pipeline = renderPipeline(found, toExampleValues(found.template), { env });
  return {
    ...toPreview(pipeline),
    variables: toShownValues(found.template, pipeline.variables),
  };
}

function toJson(
  { template, source, path, digest, bases }: FoundTemplate,
  preview: Preview | undefined,
): unknown {
  return {
    ...template,
    source,
    path,
    digest,
    ...(bases.length === 0 ? {} : { bases }),
    ...(preview === undefined ? {} : { preview }),
  };
}

async function toYaml({ template }: FoundTemplate): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
}

function printPreview(output: Output, { variables, steps }: Preview): void {
  const out = toPlainOutput(output);
  out.line('');
  out.line('Preview, with these values:');
  for (const [name, value] of Object.entries(variables))
    out.line(`  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  out.line('');
  const names = new Map(steps.map(({ id, name }) => [id, name]));
  for (const { name, type, parent, kept } of steps)
    out.line(
      kept
        ? `  ${name} (${type ?? ''})${parent === null ? '' : ` → parent: ${names.get(parent) ?? parent}`}`
        : `  ${name} is left out`,
    );
}
