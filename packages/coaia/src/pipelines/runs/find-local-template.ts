/** A template of this machine as it is sent to where it runs. */
import { join } from 'node:path';
import { isCoaiaError } from '#base';
import { findHome } from '#config';
import type { CommandContext } from '#surface';
import type { PipelineRunInput } from '@coaia/client';
import { findAnyText, findTemplate, resolveTemplate } from '../templates/find-template.ts';
import { parseReference } from '../templates/reference.ts';
import type { FoundTemplate } from '../templates/template.ts';

/** The text of a file, of the project or of the user; otherwise the name, for the store and the built-in ones. */
export async function findLocalTemplate(
  { cwd, env }: Pick<CommandContext<unknown>, 'cwd' | 'env'>,
  name: string,
): Promise<PipelineRunInput['template']> {
  const places = {
    project: join(cwd, '.coaia', 'templates'),
    user: join(findHome({ cwd, env }), 'templates'),
    cwd,
  };
  const text = await findAnyText(places, name);
  const isPath = (await parseReference(name)).kind === 'path';
  // A file that is not there is said here: where it runs, nobody knows files of this machine.
  if (text === undefined && isPath) await findTemplate(places, name);
  if (text === undefined || text.source === 'builtin') return name;
  try {
    return toSent(await resolveTemplate(places, text));
  } catch (error) {
    // What it extends may be there and not here.
    if (!isCoaiaError(error) || error.code !== 'COAIA-5004') throw error;
    return { text: text.text, format: text.format, name: text.name };
  }
}

/** As it was written, unless it extends what only this machine has. */
function toSent({ template, text, format, bases }: FoundTemplate): PipelineRunInput['template'] {
  const { name } = template;
  if (bases.length === 0) return { text, format, name };
  return { text: JSON.stringify(template), format: 'json', name };
}
