import { settings, toShown } from '#config';
import type { SettingName, SettingSpec } from '#config';
import { defineCommand } from '#surface';
import { getStanding, readSettings } from './settings.ts';

export const command = defineCommand({
  words: 'config show',
  summary: 'Show the settings and where each comes from',
  description: 'Secrets are masked; `coaia config get NAME` prints one in full.',
  positionals: [],
  options: {
    origin: { type: 'boolean', summary: 'Also show where each value comes from' },
  },
  examples: ['coaia config show', 'coaia config show --origin', 'coaia config show --json'],
  run: async (context, { options }) => {
    const { out, flags } = context;
    const resolved = readSettings(context);
    const { candidates } = resolved;
    const rows = (settings as readonly SettingSpec[]).map((spec) => {
      const name = spec.name as SettingName;
      const winner = candidates[name].find(({ wins }) => wins);
      const value = getStanding(resolved, name);
      const origin = winner === undefined ? 'not set' : toOrigin(winner.source, winner.key);
      const shown = spec.secret === true && value !== undefined ? toShown(spec, value) : value;
      return { name, value: shown ?? null, origin, summary: spec.summary };
    });
    if (flags.json) {
      const pairs = rows.map(({ name, value, origin }) => [
        name,
        options.origin === true ? { value, origin } : value,
      ]);
      out.json(Object.fromEntries(pairs));
      return;
    }
    out.table('settings', rows, [
      { header: 'Name', value: ({ name }) => name },
      { header: 'Value', value: ({ value }) => (value === null ? '' : String(value)) },
      ...(options.origin === true
        ? [{ header: 'Origin', value: ({ origin }: { readonly origin: string }) => origin }]
        : [
            {
              header: 'Meaning',
              value: ({ summary }: { readonly summary: string }) => summary,
              drop: 1,
            },
          ]),
    ]);
  },
});

/** `environment (LANGFUSE_HOST)`, a path, or `default`. */
function toOrigin(source: string, key: string): string {
  return source === 'environment' ? `${source} (${key})` : source;
}
