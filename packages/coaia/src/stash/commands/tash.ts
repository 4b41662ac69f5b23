/** `coaia tash`: keeps a value under a key. */
import { invalidRequest, toIso } from '#base';
import { readFileBytes } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { stashApi } from '../entries/entry.ts';
import type { StashStore, StashWrite } from '../entries/entry.ts';
import { DEFAULT_MINUTES, parseLife, toLifeSeconds, toLifeText } from '../entries/life.ts';

export const command = defineCommand({
  words: 'tash',
  summary: 'Keep a value under a key',
  description:
    'The value is the second word, a file, or what is piped in. Bytes stay as they are. A life that is a bare number is in minutes; without one it is 5555 minutes (3 days 20 hours), and 0 keeps it for ever. Kept in Redis or Valkey when one is set, else where commands work: the server or the store in your home.',
  needs: stashApi,
  positionals: [
    { name: 'key', summary: 'What it is found under', required: true },
    { name: 'value', summary: 'What to keep; - reads stdin' },
  ],
  options: {
    file: {
      type: 'string',
      short: 'F',
      placeholder: 'PATH',
      summary: 'Keep this file',
      compat: true,
    },
    ttl: {
      type: 'string',
      short: 'T',
      placeholder: 'LIFE',
      summary: 'Minutes, or 90s, 5m, 2h, 3d, 1w; 0 for ever',
      compat: true,
    },
    'ttl-seconds': { type: 'number', placeholder: 'N', summary: 'Life in seconds' },
    'no-expire': { type: 'boolean', summary: 'Keep it for ever' },
    nx: { type: 'boolean', summary: 'Only when nothing is kept there' },
    'if-version': {
      type: 'string',
      placeholder: 'VERSION',
      summary: 'Only when this version is kept there; fetch --json tells it',
    },
    verbose: { type: 'boolean', short: 'v', summary: 'Say where it is kept', compat: true },
  },
  examples: [
    'coaia tash greeting "hello there"',
    'date | coaia tash now --ttl 1h',
    'coaia m note -F README.md -T 0',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const lifeSeconds = toLife(options);
    const onlyIf = toCondition(options);
    const value = await readValue(context, args.value, options.file);
    const store = await context.open();
    if (options.verbose === true) out.notice(`Stash: ${store.place}`);
    const write = { key: args.key, value, lifeSeconds };
    const done = await store.put(onlyIf === undefined ? write : { ...write, onlyIf });
    if (flags.json) {
      const { version } = done;
      const expiresAt = done.expiresAt === null ? null : toIso(done.expiresAt);
      const bytes = value.length;
      out.json({ key: args.key, bytes, version, ttlSeconds: lifeSeconds, expiresAt });
    } else out.confirm(`Kept ${args.key} for ${toLifeText(lifeSeconds)}.`);
  },
});

interface Options {
  readonly ttl: string | undefined;
  readonly 'ttl-seconds': number | undefined;
  readonly 'no-expire': boolean | undefined;
  readonly nx: boolean | undefined;
  readonly 'if-version': string | undefined;
}

function toLife(options: Options): number | null {
  const { ttl, 'ttl-seconds': seconds, 'no-expire': isForEver } = options;
  const given = [ttl, seconds, isForEver === true ? true : undefined];
  if (given.filter((one) => one !== undefined).length > 1)
    throw invalidRequest('Give one of --ttl, --ttl-seconds and --no-expire.');
  if (isForEver === true) return null;
  if (seconds !== undefined) return toLifeSeconds(seconds);
  return parseLife(ttl ?? String(DEFAULT_MINUTES));
}

function toCondition({ nx, 'if-version': version }: Options): StashWrite['onlyIf'] {
  if (nx === true && version !== undefined)
    throw invalidRequest('Give one of --nx and --if-version.');
  if (nx === true) return 'absent';
  return version === undefined ? undefined : { version };
}

/** A file, the word, or stdin; nothing at all is a mistake, an empty text between quotes is not. */
async function readValue(
  { cwd, stdin, stdinIsTerminal }: CommandContext<StashStore>,
  word: string | undefined,
  file: string | undefined,
): Promise<Uint8Array> {
  if (file !== undefined) return file === '-' ? stdin() : readFileBytes(file, cwd);
  if (word !== undefined && word !== '-') return Buffer.from(word, 'utf8');
  const piped = stdinIsTerminal && word === undefined ? Buffer.alloc(0) : await stdin();
  if (piped.length > 0) return piped;
  throw invalidRequest('There is no value to keep.', undefined, 'coaia tash KEY "a value"');
}
