import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { setVariables } from '../change-environment.ts';
import { findFile, isMetadata, toTitle } from '../environment.ts';
import { environmentErrors } from '../errors.ts';
import { checkPlace, keyOptions, openEnvironments, readEnvironment } from '../open-environments.ts';
import { readReference } from '../reference.ts';
import { selectKeys } from '../select-keys.ts';

export const command = defineCommand({
  words: 'env promote',
  summary: 'Copy chosen variables from one environment to another',
  description: 'Asks before values are written over. A copy of the old file is kept.',
  positionals: [
    { name: 'from', summary: 'Environment: NAME, default, or global:NAME', required: true },
    { name: 'to', summary: 'Environment that gets them', required: true },
  ],
  options: {
    ...keyOptions,
    keys: {
      type: 'list',
      placeholder: 'NAME',
      summary: 'Variables, with * for any characters: --keys OPENAI_API_KEY AWS_*',
      required: true,
    },
  },
  examples: ['coaia env promote dev prod --keys OPENAI_API_KEY "AWS_*" --yes'],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const environments = openEnvironments(context, options);
    const from = readEnvironment(context, environments, readReference(environments, args.from));
    const names = Object.keys(from.values).filter((name) => !isMetadata(name));
    const chosen = selectKeys(names, options.keys);
    if (chosen.length === 0)
      throw environmentErrors.create(
        'COAIA-5402',
        `${toTitle(from.place)} has no variable that --keys names.`,
        { hint: `coaia env list --name ${args.from}` },
      );
    const to = readReference(environments, args.to);
    const before =
      findFile(to) === undefined ? {} : readEnvironment(context, environments, to).values;
    const changed = chosen.filter((name) => before[name] !== from.values[name]);
    const lost = changed.filter((name) => before[name] !== undefined);
    checkPlace(context, to);
    const question = `Write over ${lost.join(', ')} in ${toTitle(to)}?`;
    if (lost.length > 0 && !(await context.confirm(question))) {
      out.notice('Nothing was changed.');
      return EXIT.failed;
    }
    const changes = new Map(changed.map((name) => [name, from.values[name]]));
    const { file, backup } = await setVariables(environments, to, changes, { keepBackup: true });
    if (backup !== undefined) out.notice(`What was there is in ${backup}.`);
    if (flags.json) out.json({ path: file, promoted: changed });
    else out.confirm(`${changed.length} of ${chosen.length} variables changed in ${file}.`);
    return EXIT.done;
  },
});
