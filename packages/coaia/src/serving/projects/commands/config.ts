/** `ao config`: every setting with its value and where it came from. */
import { EXIT, findNearest } from '#base';
import { defineCommand } from '#surface';
import { projectFailures } from '../errors.ts';
import { listResolved } from '../resolved-settings.ts';
import type { ResolvedSetting } from '../resolved-settings.ts';
import { inspectProject } from '../read-project.ts';

export const command = defineCommand({
  words: 'ops config',
  summary: 'Show the settings of the project',
  description:
    'Values as they count now: defaults, then ao.toml, ao.local.toml, variables (AO_API_PORT is api.port) and flags, each above the one before. Of secrets it says only whether they are set. KEY is one setting or the beginning of several, such as api.',
  positionals: [{ name: 'key', summary: 'Only this setting, or those of this table' }],
  options: { 'show-origin': { type: 'boolean', summary: 'Say where each value was written' } },
  examples: ['ao config', 'ao config api.port', 'ao config --show-origin'],
  async run({ cwd, env, out, flags }, { args, options }) {
    const { values, problems, project } = await inspectProject(cwd, { env });
    const all = listResolved(project, values, env);
    const shown = args.key === undefined ? all : pick(all, args.key);
    const isOne = shown.length === 1 && shown[0]?.key === args.key;
    if (flags.json) out.json(toJson(shown, isOne, options['show-origin'] === true));
    else
      for (const { key, value, origin } of shown) {
        const text = isOne ? toPlain(value) : `${key} = ${toText(value)}`;
        out.line(options['show-origin'] === true ? `${text}  # ${origin}` : text);
      }
    for (const { code, message } of problems) out.notice(`${out.style('error', code)} ${message}`);
    return problems.length === 0 ? EXIT.done : EXIT.usage;
  },
});

function pick(all: readonly ResolvedSetting[], key: string): readonly ResolvedSetting[] {
  const found = all.filter((setting) => setting.key === key || setting.key.startsWith(`${key}.`));
  if (found.length > 0) return found;
  const tables = all.map((setting) => setting.key.split('.').slice(0, -1).join('.'));
  const [nearest] = findNearest(key, [
    ...new Set([...all.map((setting) => setting.key), ...tables]),
  ]);
  throw projectFailures.create(
    'AO103',
    `\`${key}\` is not a setting.${nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`}`,
    { hint: nearest === undefined ? 'ao config' : `ao config ${nearest}` },
  );
}

function toJson(shown: readonly ResolvedSetting[], isOne: boolean, hasOrigin: boolean): unknown {
  const toItem = ({ value, origin }: ResolvedSetting) =>
    hasOrigin ? { value: value ?? null, origin } : (value ?? null);
  const [first] = shown;
  if (isOne && first !== undefined) return toItem(first);
  return Object.fromEntries(shown.map((setting) => [setting.key, toItem(setting)]));
}

function toPlain(value: unknown): string {
  return typeof value === 'string' ? value : toText(value);
}

/** As TOML writes it; nothing for what has no value. */
function toText(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `[${value.map((item) => toText(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key} = ${toText(item)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}
