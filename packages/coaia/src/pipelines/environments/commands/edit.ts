import { parseEnvText, readEnvFile } from '#config';
import { isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { changeEnvironment } from '../change-environment.ts';
import { findFile } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { keyOptions, openEnvironments } from '../open-environments.ts';
import { editPrivately } from '../private-editor.ts';
import { fileOptions, findSealable } from '../sealed-file.ts';

export const command = defineCommand({
  words: 'env edit',
  summary: 'Edit an environment, also an encrypted one, in your editor',
  description:
    'The program in VISUAL or EDITOR gets a private file, in memory where the system has such a place, which is overwritten and deleted afterwards.',
  positionals: [],
  options: { ...fileOptions, ...keyOptions },
  examples: ['EDITOR=true coaia env edit'],
  async run(context, { options }) {
    const { out } = context;
    const environments = openEnvironments(context, options);
    const place = findSealable(environments, context.env, options);
    const file = findFile(place) ?? place.path;
    const before = readEnvFile(file, environments.keys);
    const text = await editUntilValid(context, file, before?.text ?? '');
    if (text === (before?.text ?? '')) {
      out.notice('Nothing was changed.');
      return;
    }
    const changed = await changeEnvironment(environments, place, (now) => {
      if (now?.text === before?.text) return text;
      throw environmentErrors.create(
        'COAIA-5403',
        `${file} was changed by somebody else meanwhile.`,
        {
          hint: 'coaia env edit',
        },
      );
    });
    if (context.flags.json) out.json({ path: changed.file });
    else out.confirm(`Wrote ${changed.file}.`);
  },
});

/** A damaged text goes back into the editor when there is somebody to mend it. */
async function editUntilValid(
  context: CommandContext<unknown>,
  file: string,
  start: string,
): Promise<string> {
  const name = start.trimStart().startsWith('{') ? 'environment.json' : 'environment.env';
  let text = start;
  for (;;) {
    text = await editPrivately(context.env, text, name);
    try {
      parseEnvText(file, text);
      return text;
    } catch (error) {
      const canAsk = context.stdinIsTerminal && !context.flags.noInput && !context.flags.yes;
      if (!isCoaiaError(error) || !canAsk) throw error;
      if (!(await context.confirm(`${error.message} Edit again?`))) throw error;
    }
  }
}
