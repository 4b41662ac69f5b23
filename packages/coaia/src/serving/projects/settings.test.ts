import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkValue } from './setting-check.ts';
import { projectSettings } from './settings.ts';
import type { Setting } from './settings.ts';

const PAGE = new URL('../../../../../docs/serving-ao-toml.md', import.meta.url);
const MARKS = ['<!-- settings -->', '<!-- /settings -->'] as const;

const TITLES: Readonly<Record<string, string>> = {
  model: '[model]',
  'model.inputs.*': '[model.inputs.NAME]',
  'secrets.*': '[secrets.NAME]',
};

function toDefault({ default: value, shown }: Setting): string {
  if (shown !== undefined) return shown;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${JSON.stringify(value).replaceAll(',', ', ')}\``;
}

function toMeaning({ summary, choices }: Setting): string {
  return choices === undefined
    ? summary
    : `${summary}: ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
}

/** The tables of the page, from the one table in code. */
function render(): string {
  const tables = [...new Set(projectSettings.map(({ table }) => table))];
  const parts = tables.map((table) => {
    const rows = projectSettings.filter((setting) => setting.table === table);
    const lines = rows.map(
      (setting) => `| \`${setting.key}\` | ${toMeaning(setting)} | ${toDefault(setting)} |`,
    );
    return [
      `### ${TITLES[table] ?? `[${table}]`}`,
      '',
      '| Key | Meaning | When not written |',
      '|---|---|---|',
      ...lines,
    ].join('\n');
  });
  return parts.join('\n\n');
}

test('the page lists every setting with its default (AO_UPDATE_DOCS=1 writes it)', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(MARKS[0]);
  const [, after = ''] = rest.split(MARKS[1]);
  const wanted = `${before}${MARKS[0]}\n\n${render()}\n\n${MARKS[1]}${after}`;
  if (process.env['AO_UPDATE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  else expect(page).toBe(wanted);
});

test('every default fits its own setting, and no key stands twice', () => {
  for (const setting of projectSettings)
    if (setting.default !== undefined)
      expect([setting.key, checkValue(setting, setting.default)]).toEqual([setting.key, undefined]);
  const keys = projectSettings.map(({ table, key }) => `${table}.${key}`);
  expect(new Set(keys).size).toBe(keys.length);
});
