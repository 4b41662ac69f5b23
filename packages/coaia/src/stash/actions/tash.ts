/** `action: tash`: keeps a value; doing it again changes nothing. */
import { toIso } from '#base';
import { defineAction } from '#surface';
import { z } from 'zod';
import { DEFAULT_MINUTES, parseLife } from '../entries/life.ts';
import { stashPorts } from '../ports.ts';
import { withStash } from './with-stash.ts';

const input = z.object({
  key: z.string().min(1),
  /** Text as it is, anything else as JSON. */
  value: z.unknown(),
  /** As `coaia tash --ttl` has it. */
  ttl: z.union([z.string(), z.number()]).default(DEFAULT_MINUTES),
});

export const action = defineAction({
  name: 'tash',
  summary: 'Keep a value under a key',
  needs: stashPorts,
  input,
  observationType: 'SPAN',
  async run(ports, { scope }, { key, value, ttl }) {
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
    const bytes = Buffer.from(text, 'utf8');
    const lifeSeconds = parseLife(String(ttl));
    const { version, expiresAt } = await withStash(ports, scope, (store) =>
      store.put({ key, value: bytes, lifeSeconds }),
    );
    return {
      output: {
        key,
        bytes: bytes.length,
        version,
        expiresAt: expiresAt === null ? null : toIso(expiresAt),
      },
    };
  },
});
