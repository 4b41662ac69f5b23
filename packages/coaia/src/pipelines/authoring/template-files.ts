/** Template files of a project and of a user. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFolder, updateFile, writeWholeFile } from '#config';
import { templateFailures } from '../templates/errors.ts';
import { isTemplateName } from '../templates/reference.ts';
import type { TemplateFormat } from '../templates/template.ts';

export const LOCATIONS = ['user', 'project'] as const;

/** Throws COAIA-5002. */
export function requireTemplateName(name: string): void {
  if (isTemplateName(name)) return;
  throw templateFailures.create('COAIA-5002', `${JSON.stringify(name)} is no template name.`, {
    hint: 'use letters, digits, dots, dashes and underscores',
  });
}

/** The files that a name may have in a folder. */
export function listCandidates(folder: string, name: string): readonly string[] {
  return ['json', 'yaml', 'yml'].map((ending) => join(folder, `${name}.${ending}`));
}

/** Writes a new template file. Throws COAIA-5007 when the name is taken there, unless it is to be replaced. */
export function writeNewTemplate(
  folder: string,
  {
    name,
    format,
    text,
  }: { readonly name: string; readonly format: TemplateFormat; readonly text: string },
  isForced: boolean,
): string {
  const path = join(folder, `${name}.${format}`);
  const taken = listCandidates(folder, name).find((one) => existsSync(one));
  // Another format would hide the new file, or be hidden by it.
  if (taken !== undefined && (!isForced || taken !== path))
    throw templateFailures.create('COAIA-5007', `${taken} is there already.`, {
      hint: isForced ? `remove ${taken}` : `coaia pipeline init ${name} --force`,
    });
  createFolder(folder);
  writeWholeFile(path, text);
  return path;
}

/** Replaces the text of a file while no other Coaia does; COAIA-5008 when it is not what was read any more. */
export function replaceTemplate(
  path: string,
  before: string,
  after: string,
  read: () => string | undefined,
): void {
  updateFile(path, () => {
    if (read() !== before)
      throw templateFailures.create(
        'COAIA-5008',
        `${path} was changed by somebody else in between.`,
        { hint: `coaia pipeline edit ${path}` },
      );
    return after;
  });
}

/** The text of a template in a format. */
export async function toFileText(
  template: Readonly<Record<string, unknown>>,
  format: TemplateFormat,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(template, undefined, 2)}\n`;
  const { stringify } = await import('yaml');
  return stringify(template, { lineWidth: 0, aliasDuplicateObjects: false });
}
