/** `coaia fetch`: what is kept under a key. */
import { isUtf8 } from 'node:buffer';
import { writeFileBytes } from '#config';
import { defineCommand } from '#surface';
import type { Output } from '#surface';
import { noEntry, stashApi } from '../entries/entry.ts';
import { toItem } from '../entries/wire.ts';

export const command = defineCommand({
  words: 'fetch',
  summary: 'Read what is kept under a key',
  description:
    'Prints the value and a newline, or bytes that are no text exactly as they are. --output writes exactly what was kept. Ends with 1 when nothing is kept there and with 2 when the stash cannot be reached.',
  needs: stashApi,
  positionals: [{ name: 'key', summary: 'What it was kept under', required: true }],
  options: {
    output: {
      type: 'string',
      short: 'O',
      placeholder: 'PATH',
      summary: 'Write it into a file',
      compat: true,
    },
    verbose: { type: 'boolean', short: 'v', summary: 'Say where it is kept', compat: true },
  },
  examples: ['coaia fetch greeting', 'coaia fetch note -O note.md', 'coaia fetch greeting --json'],
  async run(context, { args, options }) {
    const { out, flags, cwd } = context;
    const store = await context.open();
    if (options.verbose === true) out.notice(`Stash: ${store.place}`);
    const entry = await store.get(args.key);
    if (entry === undefined) throw noEntry(args.key);
    const { value } = entry;
    if (options.output !== undefined) {
      await writeFileBytes(options.output, cwd, value);
      out.notice(`Wrote ${value.length} bytes to ${options.output}.`);
    }
    if (flags.json) out.json(toItem(entry));
    else if (options.output === undefined) print(out, value);
  },
});

function print(out: Output, value: Uint8Array): void {
  if (isUtf8(value)) out.line(Buffer.from(value).toString('utf8'));
  else out.bytes(value);
}
