/** `coaia pipeline validate`: everything that is wrong with templates. */
import { relative } from 'node:path';
import { defineCommand } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { checkTemplate } from '../../templates/check-template.ts';
import { templateFailures } from '../../templates/errors.ts';
import { findAnyText, findTemplate } from '../../templates/find-template.ts';
import { listTemplates } from '../../templates/list-templates.ts';
import type { TemplatePlaces, TemplateText } from '../../templates/places.ts';
import { hasErrors } from '../../templates/problem.ts';
import { PROBLEM_FORMATS, renderProblems } from '../problem-formats.ts';
import type { CheckedTemplate, ProblemFormat } from '../problem-formats.ts';

export const command = defineCommand({
  words: 'pipeline validate',
  summary: 'Find everything that is wrong with templates',
  description:
    'Without a name every template that is yours is checked: of the project, of the user, and in the store.',
  needs: templatesApi,
  positionals: [
    { name: 'names', summary: 'Templates: NAME, NAME@RANGE or ./FILE', variadic: true },
  ],
  options: {
    all: { type: 'boolean', summary: 'Check those of the program as well' },
    strict: { type: 'boolean', summary: 'Warnings fail too' },
    format: {
      type: 'string',
      choices: PROBLEM_FORMATS,
      placeholder: 'FORMAT',
      summary: 'text, json, junit or sarif',
    },
  },
  examples: [
    'coaia pipeline validate --all --strict',
    'coaia pipeline validate data-pipeline --format sarif',
  ],
  async run(context, { options, args }) {
    const { out, flags, cwd } = context;
    const places = openPlaces(context, async () => (await context.open()).templates);
    const texts =
      args.names.length > 0
        ? await findTexts(places, args.names)
        : await listOwn(places, options.all === true);
    const { actions } = await context.open();
    const checked: CheckedTemplate[] = [];
    for (const text of texts) {
      const problems = await checkTemplate(places, text, actions === undefined ? {} : { actions });
      checked.push({
        name: text.name,
        place: text.path === null ? `${text.source}:${text.name}` : toPlace(cwd, text.path),
        problems,
        isValid: !hasErrors(problems) && !(options.strict === true && problems.length > 0),
      });
    }
    const format = (options.format ?? (flags.json ? 'json' : 'text')) as ProblemFormat;
    out.line(renderProblems(format, checked));
    const failed = checked.filter(({ isValid }) => !isValid);
    if (failed.length > 0)
      throw templateFailures.create(
        'COAIA-5011',
        `Not valid: ${failed.map(({ name }) => name).join(', ')}.`,
      );
  },
});

function toPlace(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}

async function findTexts(
  places: TemplatePlaces & { readonly cwd: string },
  names: readonly string[],
): Promise<readonly TemplateText[]> {
  const texts: TemplateText[] = [];
  for (const name of names) {
    const text = await findAnyText(places, name);
    // Nothing found: this says so, with what comes near.
    if (text === undefined) await findTemplate(places, name);
    else texts.push(text);
  }
  return texts;
}

async function listOwn(places: TemplatePlaces, isAll: boolean): Promise<readonly TemplateText[]> {
  const listed = await listTemplates(places);
  return listed.map(({ text }) => text).filter(({ source }) => isAll || source !== 'builtin');
}
