/** `coaia pipeline bump`: the next version of a template. */
import { dirname, join } from 'node:path';
import { readSmallFile, writeWholeFile } from '#config';
import { defineCommand } from '#surface';
import { openPlaces } from '../../create/open-places.ts';
import { templatesApi } from '../../stored/ports.ts';
import { templateFailures } from '../../templates/errors.ts';
import { findTemplate } from '../../templates/find-template.ts';
import { toDigest } from '../../templates/places.ts';
import { toSemver } from '../../templates/reference.ts';
import { replaceTemplate } from '../template-files.ts';

const PARTS = ['major', 'minor', 'patch'] as const;

export const command = defineCommand({
  words: 'pipeline bump',
  summary: 'Raise the version of a template',
  description: 'With --keep the file as it is stays beside the new one, as NAME@VERSION.',
  needs: templatesApi,
  positionals: [
    { name: 'name', summary: 'Template: NAME or ./FILE', required: true },
    { name: 'part', summary: 'major, minor or patch (default)' },
  ],
  options: { keep: { type: 'boolean', summary: 'Keep the version before beside it' } },
  examples: ['coaia pipeline bump company-etl minor --keep'],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const part = PARTS.find((one) => one === (args.part ?? 'patch'));
    if (part === undefined)
      throw templateFailures.create('COAIA-5002', `${args.part ?? ''} is no part of a version.`, {
        hint: `coaia pipeline bump ${args.name} minor`,
      });
    const places = openPlaces(context, async () => (await context.open()).templates);
    const { template, text, path, source, format } = await findTemplate(places, args.name);
    if (source === 'builtin')
      throw templateFailures.create(
        'COAIA-5013',
        `The template ${template.name} comes with the program and cannot be changed.`,
        { hint: `coaia pipeline init my-${template.name} --from ${template.name}` },
      );
    const version = await toNext(template.version, part);
    const next = writeVersion(text, format, version);
    if (path === null) {
      const { templates } = await context.open();
      await templates.putPipeline(template.name, {
        text: next,
        format,
        baseDigest: toDigest(text),
      });
    } else {
      const kept = join(dirname(path), `${template.name}@${template.version}.${format}`);
      if (options.keep === true) writeWholeFile(kept, text);
      replaceTemplate(path, text, next, () => readSmallFile(path));
    }
    if (flags.json) out.json({ name: template.name, version, before: template.version });
    else out.confirm(`${template.name} is now ${version} (was ${template.version}).`);
  },
});

async function toNext(version: string, part: (typeof PARTS)[number]): Promise<string> {
  const { inc } = await import('semver');
  const next = inc((await toSemver(version)) ?? '0.0.0', part);
  if (next === null) throw new TypeError(`no version after ${version}`);
  return next;
}

/** Changes the version and nothing else, so that order, comments and spaces stay. */
function writeVersion(text: string, format: 'json' | 'yaml', version: string): string {
  const pattern =
    format === 'json' ? /^(\s*"version"\s*:\s*)"[^"]*"/m : /^(version\s*:\s*)[^\s#]+/m;
  if (pattern.test(text)) return text.replace(pattern, `$1"${version}"`);
  return format === 'json'
    ? text.replace(/\{/, `{\n  "version": "${version}",`)
    : `version: "${version}"\n${text}`;
}
