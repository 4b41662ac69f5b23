/** `coaia del`: forgets keys. */
import { EXIT, invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { noEntry, stashApi } from '../entries/entry.ts';

export const command = defineCommand({
  words: 'del',
  summary: 'Forget what is kept under keys',
  description: 'Ends with 1 when nothing was kept under any of them, and with 5 under some.',
  needs: stashApi,
  positionals: [{ name: 'keys', summary: 'Keys to forget', variadic: true, required: true }],
  options: {},
  examples: ['coaia tash greeting hello && coaia del greeting'],
  async run({ open, out, flags }, { args }) {
    const [first] = args.keys;
    if (first === undefined) throw invalidRequest('Which key?', undefined, 'coaia stash list');
    const store = await open();
    const deleted: string[] = [];
    const missing: string[] = [];
    for (const key of args.keys) ((await store.delete(key)) ? deleted : missing).push(key);
    if (deleted.length === 0) throw noEntry(first);
    if (flags.json) out.json({ deleted, missing });
    else for (const key of deleted) out.confirm(`Forgot ${key}.`);
    for (const key of missing) out.notice(`Nothing is kept under ${key}.`);
    return missing.length === 0 ? EXIT.done : EXIT.partial;
  },
});
