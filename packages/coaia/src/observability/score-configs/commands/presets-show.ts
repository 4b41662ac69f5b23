/** `coaia fuse score-configs presets show`: one ready-made score config. */
import { defineCommand } from '#surface';
import { requirePreset } from '../require-preset.ts';
import { renderRequirement } from '../requirement.ts';

export const command = defineCommand({
  words: 'fuse score-configs presets show',
  summary: 'Show a ready-made score config',
  positionals: [{ name: 'name', summary: 'Name, in any case', required: true }],
  options: {},
  examples: ['coaia fuse score-configs presets show helpfulness'],
  async run({ out, flags }, { args }) {
    const preset = requirePreset(args.name);
    if (flags.json) {
      out.json(preset);
      return;
    }
    out.line(`${out.style('bold', preset.name)} (${preset.dataType}, ${preset.category})`);
    out.line(preset.description);
    out.line(`accepts ${renderRequirement({ ...preset, minValue: preset.minValue ?? null })}`);
  },
});
