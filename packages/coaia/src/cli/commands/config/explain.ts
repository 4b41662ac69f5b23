import { getSetting, toShown } from '#config';
import type { SettingName } from '#config';
import { defineCommand } from '#surface';
import { getStanding, readSettings } from './settings.ts';

export const command = defineCommand({
  words: 'config explain',
  summary: 'Show every source of a setting and which one wins',
  positionals: [{ name: 'name', summary: 'Name of the setting or its variable', required: true }],
  options: {},
  examples: ['coaia config explain langfuse_base_url', 'coaia config explain PORT --json'],
  run: async (context, { args }) => {
    const { out, flags } = context;
    const spec = getSetting(args.name);
    const name = spec.name as SettingName;
    const resolved = readSettings(context);
    const { candidates, profile, profileSource } = resolved;
    const rows = candidates[name].map((one) => ({ ...one, value: toShown(spec, one.value) }));
    if (flags.json) {
      const value = getStanding(resolved, name);
      out.json({
        name,
        summary: spec.summary,
        type: spec.type,
        ...(spec.choices === undefined ? {} : { choices: spec.choices }),
        variables: spec.env,
        places: spec.places,
        value: value === undefined ? null : toShown(spec, value),
        profile: profile ?? null,
        candidates: rows,
      });
      return;
    }
    out.line(`${out.style('bold', name)}: ${spec.summary}.`);
    out.line(`Variables: ${spec.env.join(', ')}`);
    if (spec.choices !== undefined) out.line(`Values: ${spec.choices.join(', ')}`);
    if (profile !== undefined) out.line(`Profile: ${profile} (${profileSource ?? ''})`);
    if (rows.length === 0) out.line('Nothing sets it.');
    for (const { source, key, value, wins, note } of rows) {
      const mark = wins ? out.style('ok', '->') : '  ';
      out.line(`${mark} ${value}   ${source} (${key})${note === undefined ? '' : `   ${note}`}`);
    }
  },
});
