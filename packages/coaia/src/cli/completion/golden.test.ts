import { expect, test } from 'vitest';
import { defineCommand } from '#surface';
import type { CommandEntry } from '#surface';
import { renderCompletion } from './shells.ts';
import { SHELLS } from './value-kinds.ts';

const command = defineCommand({
  words: 'fuse prompts get',
  summary: "Show one prompt's text",
  positionals: [
    { name: 'name', summary: 'Name', required: true },
    { name: 'files', summary: 'Files', variadic: true },
  ],
  options: {
    type: {
      type: 'string',
      short: 't',
      choices: ['TEXT', 'CHAT'],
      shorthands: { te: 'TEXT' },
      summary: 'Kind',
    },
    labels: { type: 'list', aliases: ['label'], summary: 'Labels "set"' },
    raw: { type: 'boolean', summary: 'As stored' },
    secretive: { type: 'string', hidden: true, summary: 'Never shown' },
  },
  examples: ['coaia fuse prompts get x'],
  run: async () => {},
});

const entries: readonly CommandEntry[] = [
  {
    words: 'fuse prompts get',
    aliases: ['prompts get'],
    groupDefault: 'fuse prompts',
    summary: "Show one prompt's text",
    load: async () => ({ command }),
  },
  { words: '__hidden', summary: 'x', hidden: true, load: async () => ({ command }) },
];

test.each(SHELLS)('%s', async (shell) => {
  const script = await renderCompletion(shell, entries);
  expect(script).not.toMatch(/secretive|__hidden/);
  await expect(script).toMatchFileSnapshot(`golden/coaia.${shell}`);
});
