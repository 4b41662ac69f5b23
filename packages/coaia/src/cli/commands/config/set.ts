import {
  getSetting,
  isReference,
  resolveSettings,
  toEditPath,
  toShown,
  writeSetting,
} from '#config';
import type { SettingName } from '#config';
import { defineCommand } from '#surface';
import { toEditPlace } from './settings.ts';

export const command = defineCommand({
  words: 'config set',
  summary: 'Write a setting to your config.json or the project',
  positionals: [
    { name: 'name', summary: 'Name of the setting', required: true },
    { name: 'value', summary: 'Its value; - reads it from stdin', required: true },
  ],
  options: {
    project: { type: 'boolean', summary: 'Write ./coaia.json instead of config.json in your home' },
  },
  examples: [
    'coaia config set port 26300',
    'coaia config set langfuse_base_url https://langfuse.example.com --project',
    'coaia config set offline true --profile travel',
  ],
  run: async (context, { args, options }) => {
    const { out, flags, env, cwd } = context;
    const spec = getSetting(args.name);
    const where = toEditPlace(context, options.project === true);
    // Secrets on the command line are seen by every program of this machine.
    const given = args.value === '-' ? (await context.stdin()).toString('utf8').trim() : args.value;
    const value = writeSetting(args.name, given, where);
    const path = toEditPath(where);
    const shown = toShown(spec, value);
    if (flags.json) out.json({ name: spec.name, value: shown, path });
    else out.confirm(`${spec.name} = ${shown}   (${path})`);
    if (spec.secret === true && options.project === true && !isReference(value))
      out.notice(`Note: ${path} now holds a secret; keep it out of version control.`);
    const name = spec.name as SettingName;
    const after = resolveSettings({
      env,
      cwd,
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    });
    const winner = after.candidates[name].find(({ wins }) => wins);
    if (winner !== undefined && winner.value !== value && after.values[name] !== value)
      out.notice(`Note: ${winner.source} sets ${name} too and comes first.`);
  },
});
