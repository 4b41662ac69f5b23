/** `coaia fuse score-configs import`: score configs from a file. */
import { defineCommand } from '#surface';
import type { ScoreConfigInput } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { scoreFailures } from '../../scores/errors.ts';
import { readNamedFile } from '../../terminal/json-argument.ts';
import { INPUT_COLUMNS } from '../columns.ts';
import { createConfigFinder } from '../config-finder.ts';
import { installConfigs, printInstall } from '../install.ts';
import { parseTransfer } from '../transfer-file.ts';

export const command = defineCommand({
  words: 'fuse score-configs import',
  summary: 'Create score configs from a file',
  description:
    'Reads what export writes, or a bare array of configs; - is stdin. A name that is taken, in any case, is skipped.',
  needs: scoresApi,
  positionals: [{ name: 'file', summary: 'File, or - for stdin', required: true }],
  options: {
    select: {
      type: 'list',
      placeholder: 'NAME',
      summary: 'Only these: names, or numbers counted from 1',
      compat: true,
    },
    'allow-duplicates': {
      type: 'boolean',
      summary: 'Create a second config where the name is taken',
      compat: true,
    },
    replace: {
      type: 'boolean',
      aliases: ['force'],
      summary: 'Change the config whose name is taken',
    },
    guidance: {
      type: 'boolean',
      default: true,
      summary: 'Say what can be done next (--no-guidance does not)',
      compat: true,
    },
    preview: { type: 'boolean', summary: 'Show what would be imported and stop', compat: true },
  },
  examples: [
    'coaia fuse score-configs import score-configs.json --preview',
    'coaia fuse scc import score-configs.json --replace',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const text =
      args.file === '-'
        ? (await context.stdin()).toString('utf8')
        : await readNamedFile(args.file, context.cwd);
    const inputs = selectInputs(parseTransfer(text, args.file), options.select);
    if (options.preview === true) {
      if (flags.json) out.json(inputs);
      else out.table('score configs', inputs, INPUT_COLUMNS);
      return;
    }
    const api = await context.open();
    const finder = createConfigFinder(context, api, { skipCache: true });
    const onDuplicate = toRule(options.replace, options['allow-duplicates']);
    const report = await installConfigs(api, await finder.listFresh(), inputs, onDuplicate);
    await finder.listFresh();
    printInstall(out, report, flags.json);
    if (options.guidance && report.created.length > 0) {
      out.notice('Next: coaia fuse score-configs apply NAME --trace-id ID -v VALUE');
    }
  },
});

function toRule(replace: boolean | undefined, duplicate: boolean | undefined) {
  if (replace === true) return 'replace';
  return duplicate === true ? 'create' : 'skip';
}

/** By name without regard to case, or by place in the file. Throws COAIA-1084. */
function selectInputs(
  inputs: readonly ScoreConfigInput[],
  select: readonly string[] | undefined,
): readonly ScoreConfigInput[] {
  if (select === undefined) return inputs;
  const wanted = select.map((text) => {
    const named = inputs.find(({ name }) => name.toLowerCase() === text.toLowerCase());
    const found = named ?? (/^\d+$/.test(text) ? inputs[Number(text) - 1] : undefined);
    if (found !== undefined) return found;
    throw scoreFailures.create('COAIA-1084', `The file has no score config "${text}".`);
  });
  return [...new Set(wanted)];
}
