/** `coaia pipeline edit`: a template in the editor; saved only when it is valid. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSmallFile } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { runEditor } from '../../environments/private-editor.ts';
import { templatesApi } from '../../stored/ports.ts';
import type { TemplateCommandsApi } from '../../stored/ports.ts';
import { checkTemplate } from '../../templates/check-template.ts';
import { templateFailures } from '../../templates/errors.ts';
import { findAnyText, findTemplate } from '../../templates/find-template.ts';
import { toDigest } from '../../templates/places.ts';
import type { TemplatePlaces, TemplateText } from '../../templates/places.ts';
import { hasErrors, toSentence } from '../../templates/problem.ts';
import { replaceTemplate } from '../template-files.ts';

export const command = defineCommand({
  words: 'pipeline edit',
  summary: 'Edit a template in $EDITOR; it is checked before it is saved',
  needs: templatesApi,
  positionals: [{ name: 'name', summary: 'Template: NAME, NAME@RANGE or ./FILE', required: true }],
  options: {},
  examples: ['EDITOR="code --wait" coaia pipeline edit company-etl'],
  async run(context, { args }) {
    const { out } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const source = await findAnyText(places, args.name);
    // Nothing found: this says so, with what comes near.
    if (source === undefined) await findTemplate(places, args.name);
    if (source === undefined || source.source === 'builtin') throw notYours(args.name);
    const text = await edit(context, places, source);
    if (text === undefined) out.notice('Nothing was changed.');
    else {
      await save(context, source, text);
      out.confirm(`Saved ${source.path ?? source.name}.`);
    }
  },
});

function notYours(name: string) {
  return templateFailures.create(
    'COAIA-5013',
    `The template ${name} comes with the program and cannot be changed.`,
    { hint: `coaia pipeline init my-${name} --from ${name}` },
  );
}

/** The new text; undefined when nothing differs. A text that is not valid is kept in its file for the next try. */
async function edit(
  { env, out }: CommandContext<TemplateCommandsApi>,
  places: TemplatePlaces,
  source: TemplateText,
): Promise<string | undefined> {
  const program = env['VISUAL'] || env['EDITOR'];
  if (!program)
    throw templateFailures.create('COAIA-5012', 'Neither VISUAL nor EDITOR names an editor.', {
      hint: 'export EDITOR=vi',
    });
  const folder = mkdtempSync(join(tmpdir(), 'coaia-pipeline-'));
  const draft = join(folder, `${source.name}.${source.format}`);
  writeFileSync(draft, source.text, { mode: 0o600 });
  const code = await runEditor(program, draft, env);
  if (code !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw templateFailures.create(
      'COAIA-5012',
      `The editor ${program} ended with ${code ?? 'a signal'}; nothing was changed.`,
    );
  }
  const text = readFileSync(draft, 'utf8');
  const problems = text === source.text ? [] : await checkTemplate(places, { ...source, text });
  if (hasErrors(problems)) {
    for (const problem of problems) out.notice(`${problem.severity}: ${toSentence(problem)}`);
    throw templateFailures.create(
      'COAIA-5001',
      `The template is not valid and was not saved; your text is in ${draft}.`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  return text === source.text ? undefined : text;
}

async function save(
  context: CommandContext<TemplateCommandsApi>,
  { name, path, format, text: before }: TemplateText,
  text: string,
): Promise<void> {
  if (path !== null) {
    replaceTemplate(path, before, text, () => readSmallFile(path));
    return;
  }
  const { templates } = await context.open();
  await templates.putPipeline(name, { text, format, baseDigest: toDigest(before) });
}
