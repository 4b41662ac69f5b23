/** docs/reference/settings.md: one heading per setting. */
import { settings } from '../../packages/coaia/src/config/settings.ts';
import type { SettingSpec } from '../../packages/coaia/src/config/settings.ts';
import { toPageHead, toSentence } from './markdown.ts';

const places = { home: 'your `config.json`', project: "the project's `coaia.json`" };

function toFacts(setting: SettingSpec): readonly string[] {
  const { env, type, default: preset, choices, range, secret, tightenOnly } = setting;
  const kept = setting.places.map((place) => places[place]).join(' or ');
  return [
    `Environment: ${env.map((name) => `\`${name}\``).join(', ')}.`,
    `Type: ${type}${choices === undefined ? '' : ` (${choices.map((choice) => `\`${choice}\``).join(', ')})`}${range === undefined ? '' : ` from ${range[0]} to ${range[1]}`}.`,
    preset === undefined ? 'No default.' : `Default: \`${String(preset)}\`.`,
    kept === '' ? 'Only from the environment and flags.' : `May be kept in ${kept}.`,
    ...(secret === true ? ['A secret: never printed whole.'] : []),
    ...(tightenOnly === true ? ['A project may only switch it on.'] : []),
  ];
}

/** In the order of their table, which keeps neighbours together. */
export function renderSettings(list: readonly SettingSpec[] = settings): string {
  const head = toPageHead(
    'Settings',
    'Every setting, strongest source first: flags, `--env` files, the environment, the project, your home, the default. `coaia config explain NAME` shows which source wins.',
  );
  const sections = list.flatMap((setting) => [
    `## ${setting.name}`,
    '',
    toSentence(setting.summary),
    '',
    ...toFacts(setting).map((fact) => `- ${fact}`),
    '',
  ]);
  return [...head, ...sections].join('\n');
}
