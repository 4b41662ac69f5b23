/** `coaia_tash` and `coaia_fetch`: texts under a key. */
import { notFound } from '#base';
import { readText } from '../arguments.ts';
import { TEXT, toDescribed } from '../tool.ts';
import type { Tool } from '../tool.ts';

export const stashTools: readonly Tool[] = [
  {
    name: 'coaia_tash',
    description: 'Keep a text under a key until it is replaced.',
    input: {
      type: 'object',
      properties: { key: TEXT, value: TEXT },
      required: ['key', 'value'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const key = readText(input, 'key');
      const stash = await (await api()).stash();
      await stash.write(key, readText(input, 'value'));
      return { message: `Kept under ${key}.` };
    },
  },
  {
    name: 'coaia_fetch',
    description: 'Read the text that was kept under a key.',
    input: {
      type: 'object',
      properties: { key: toDescribed(TEXT, 'As given to coaia_tash') },
      required: ['key'],
    },
    isReadOnly: true,
    async run({ api }, input) {
      const key = readText(input, 'key');
      const stash = await (await api()).stash();
      const value = await stash.read(key);
      if (value === undefined) throw notFound('Key', key);
      return { value };
    },
  },
];
