/** `coaia pipeline diff`: what differs between two templates, or two versions of one. */
import { EXIT } from '#base';
import { diffLines } from '#curation';
import { defineCommand } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { findTemplate } from '../../templates/find-template.ts';
import type { FoundTemplate } from '../../templates/template.ts';

export const command = defineCommand({
  words: 'pipeline diff',
  summary: 'Show what differs between two templates',
  description:
    'Both are compared with what they extend applied, so the way they are written does not count.',
  needs: templatesApi,
  positionals: [
    { name: 'before', summary: 'Template: NAME, NAME@RANGE or ./FILE', required: true },
    { name: 'after', summary: 'The other one', required: true },
  ],
  options: {
    'exit-code': { type: 'boolean', summary: 'End with 1 when they differ' },
  },
  examples: ['coaia pipeline diff data-pipeline simple-trace'],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const before = await findTemplate(places, args.before);
    const after = await findTemplate(places, args.after);
    const parts = diffLines(await toText(before), await toText(after));
    const isSame = parts.every(({ op }) => op === 'same');
    if (flags.json) out.json({ before: toHead(before), after: toHead(after), same: isSame, parts });
    else if (isSame) out.notice('They are the same.');
    else
      for (const { op, text } of parts) {
        const lines = text.replace(/\n$/, '').split('\n');
        if (op === 'same') out.line(`  ${lines.length} lines are the same`);
        else
          for (const line of lines)
            out.line(
              out.style(op === 'added' ? 'ok' : 'error', `${op === 'added' ? '+' : '-'} ${line}`),
            );
      }
    return !isSame && options['exit-code'] === true ? EXIT.failed : EXIT.done;
  },
});

function toHead({ template, source, digest }: FoundTemplate) {
  return { name: template.name, version: template.version, source, digest };
}

async function toText({ template }: FoundTemplate): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
}
