/** `coaia tag`: the tags of an audio file. */
import { resolve } from 'node:path';
import { invalidRequest, isObject } from '#base';
import { readFileBytes } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { readTags, TAG_NAMES, writeTags } from '../tags/audio-tags.ts';
import type { AudioTags } from '../tags/audio-tags.ts';

export const command = defineCommand({
  words: 'tag',
  summary: 'Show or write the tags of an audio file',
  description:
    'Without options it shows them. Tags that are not named stay. MP3 is written by Coaia itself, other formats through ffmpeg without touching the sound.',
  positionals: [{ name: 'audio', summary: 'The file', required: true }],
  options: {
    title: { type: 'string', placeholder: 'TEXT', summary: 'Title' },
    artist: { type: 'string', placeholder: 'TEXT', summary: 'Artist' },
    album: { type: 'string', placeholder: 'TEXT', summary: 'Album' },
    comment: { type: 'string', placeholder: 'TEXT', summary: 'Comment' },
    genre: { type: 'string', placeholder: 'TEXT', summary: 'Genre' },
    year: { type: 'string', placeholder: 'YEAR', summary: 'Year' },
    'from-json': {
      type: 'string',
      placeholder: 'PATH',
      summary: 'Read tags from a JSON object; - reads stdin',
    },
  },
  examples: [
    'coaia speak "hello" --provider local -O hello.mp3 && coaia tag hello.mp3 --title Hello',
    'coaia tag hello.mp3 --json',
  ],
  async run(context, { args, options }) {
    const { out, flags, cwd, env, signal } = context;
    const path = resolve(cwd, args.audio);
    const given = Object.entries({
      ...(await readJson(context, options['from-json'])),
      ...options,
    });
    const tags = Object.fromEntries(
      given.filter(([name, value]) => TAG_NAMES.some((one) => one === name) && value !== undefined),
    ) as AudioTags;
    if (Object.keys(tags).length > 0) await writeTags(path, tags, { env, signal });
    const facts = await readTags(path);
    if (flags.json) out.json({ file: args.audio, ...facts });
    else if (Object.keys(facts.tags).length === 0) out.line(`${args.audio} has no tags.`);
    else for (const [name, value] of Object.entries(facts.tags)) out.line(`${name}: ${value}`);
  },
});

async function readJson(
  { cwd, stdin }: CommandContext<unknown>,
  file: string | undefined,
): Promise<AudioTags> {
  if (file === undefined) return {};
  const text = file === '-' ? await stdin() : await readFileBytes(file, cwd);
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch {
    throw invalidRequest(`${file} is no JSON.`);
  }
  if (!isObject(value)) throw invalidRequest(`${file} is no JSON object.`);
  const strange = Object.entries(value).find(
    ([name, one]) =>
      !TAG_NAMES.some((known) => known === name) || !['string', 'number'].includes(typeof one),
  );
  if (strange !== undefined)
    throw invalidRequest(`${file}: ${strange[0]} is no tag with a text (${TAG_NAMES.join(', ')}).`);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}
