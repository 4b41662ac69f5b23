/** `action: fetch`: what is kept under a key. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { noEntry } from '../entries/entry.ts';
import { toWireValue } from '../entries/wire.ts';
import { stashPorts } from '../ports.ts';
import { withStash } from './with-stash.ts';

const input = z.object({
  key: z.string().min(1),
  /** The output when nothing is kept there; without it the step fails. */
  default: z.unknown().optional(),
  /** The output is the JSON that the text holds. */
  json: z.boolean().default(false),
});

export const action = defineAction({
  name: 'fetch',
  summary: 'Read what is kept under a key',
  needs: stashPorts,
  input,
  observationType: 'SPAN',
  async run(ports, { scope }, given) {
    const entry = await withStash(ports, scope, (store) => store.get(given.key));
    if (entry === undefined) {
      if (given.default === undefined) throw noEntry(given.key);
      return { output: given.default, metadata: { isKept: false } };
    }
    const { value, encoding } = toWireValue(entry.value);
    const output = given.json ? (JSON.parse(value) as unknown) : value;
    const { version } = entry;
    return { output, metadata: { isKept: true, version, encoding } };
  },
});
