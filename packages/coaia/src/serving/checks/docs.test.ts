import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STAGES } from './report.ts';
import { renderCodeTable } from './testing/code-table.ts';

const page = readFileSync(new URL('../../../../../docs/serving-check.md', import.meta.url), 'utf8');

test('docs/serving-check.md has the table of codes as the program knows them', () => {
  expect(page).toContain(renderCodeTable());
});

test.each(STAGES)('docs/serving-check.md tells what %s looks at', (stage) =>
  expect(page).toContain(`| \`${stage}\` |`),
);
