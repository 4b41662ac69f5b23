/** `coaia fuse score-configs presets install`: creates ready-made score configs. */
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { ScoreConfigInput, ScoresApi } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { scoreFailures } from '../../scores/errors.ts';
import { createConfigFinder } from '../config-finder.ts';
import { installConfigs, printInstall } from '../install.ts';
import { PRESET_CATEGORIES, PRESETS, type Preset } from '../presets.ts';
import { requirePreset } from '../require-preset.ts';

export const command = defineCommand({
  words: 'fuse score-configs presets install',
  summary: 'Create ready-made score configs',
  description:
    'Names, a category or --all say which. Without any of them a terminal is asked one by one. A name that is taken is skipped.',
  needs: scoresApi,
  positionals: [{ name: 'names', summary: 'Names, in any case', variadic: true }],
  options: {
    category: {
      type: 'string',
      choices: PRESET_CATEGORIES,
      summary: 'All of this category',
      compat: true,
    },
    all: { type: 'boolean', summary: 'All 22' },
    'allow-duplicates': {
      type: 'boolean',
      summary: 'Create a second config where the name is taken',
      compat: true,
    },
    interactive: { type: 'boolean', summary: 'Ask for each', compat: true },
  },
  examples: [
    'coaia fuse score-configs presets install Helpfulness "Overall Quality"',
    'coaia fuse scc presets install --category ai',
  ],
  async run(context, { options, args }) {
    const chosen = choosePresets(args.names, options.category, options.all === true);
    if (chosen === undefined && !context.stdinIsTerminal && options.interactive !== true) {
      throw scoreFailures.create('COAIA-1088', 'No preset is named.', {
        hint: 'name presets, or add --category CATEGORY or --all',
      });
    }
    const isAsking = options.interactive === true || chosen === undefined;
    const presets = isAsking ? await askFor(context, chosen ?? PRESETS) : chosen;
    const api = await context.open();
    const finder = createConfigFinder(context, api, { skipCache: true });
    const rule = options['allow-duplicates'] === true ? 'create' : 'skip';
    const inputs = presets.map((preset) => toInput(preset));
    const report = await installConfigs(api, await finder.listFresh(), inputs, rule);
    await finder.listFresh();
    printInstall(context.out, report, context.flags.json);
  },
});

/** Undefined when nothing was chosen. */
function choosePresets(
  names: readonly string[],
  category: string | undefined,
  all: boolean,
): readonly Preset[] | undefined {
  if (all) return PRESETS;
  if (names.length === 0 && category === undefined) return undefined;
  const named = names.map((name) => requirePreset(name));
  const grouped = PRESETS.filter((preset) => preset.category === category);
  return [...new Set([...named, ...grouped])];
}

async function askFor(
  context: CommandContext<ScoresApi>,
  presets: readonly Preset[],
): Promise<readonly Preset[]> {
  const wanted: Preset[] = [];
  for (const preset of presets) {
    if (await context.confirm(`Create ${preset.name} (${preset.description})?`))
      wanted.push(preset);
  }
  return wanted;
}

function toInput({ category: _, ...input }: Preset): ScoreConfigInput {
  return input;
}
