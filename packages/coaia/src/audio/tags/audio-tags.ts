/** The tags of audio files: read from all formats, written into MP3 by ourselves and into others by ffmpeg. */
import { isUtf8 } from 'node:buffer';
import { copyFile, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { audioErrors } from '../errors.ts';
import { convert } from '../ffmpeg.ts';
import type { ProgramRun } from '../run-program.ts';

export const TAG_NAMES = ['title', 'artist', 'album', 'comment', 'genre', 'year'] as const;

export type TagName = (typeof TAG_NAMES)[number];

export type AudioTags = Readonly<Partial<Record<TagName, string>>>;

export interface AudioFacts {
  readonly tags: AudioTags;
  /** As the file says, such as MPEG, WAVE, Ogg. */
  readonly container: string | null;
  readonly codec: string | null;
  /** Seconds. */
  readonly duration: number | null;
}

/** What a file says of itself. COAIA-6058. */
export async function readTags(path: string): Promise<AudioFacts> {
  const { parseFile } = await import('music-metadata');
  try {
    const { common, format } = await parseFile(path, { duration: true, skipCovers: true });
    // It takes the ending of the name for an answer; sound has a rate.
    if (format.sampleRate === undefined) throw new TypeError('no sound');
    const given: Readonly<Record<TagName, string | undefined>> = {
      title: common.title,
      artist: common.artist,
      album: common.album,
      comment: common.comment?.[0]?.text,
      genre: common.genre?.join(', '),
      year: common.year?.toString(),
    };
    const tags = Object.entries(given).flatMap(([name, value]) => {
      if (value === undefined || value === '') return [];
      return [[name, format.container === 'WAVE' ? toUtf8(value) : value] as const];
    });
    return {
      tags: Object.fromEntries(tags),
      container: format.container ?? null,
      codec: format.codec ?? null,
      duration: format.duration ?? null,
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The tags of WAV say nothing of their alphabet; what is right as UTF-8 was meant so. */
function toUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : text;
}

/** Changes the tags that are given and keeps the others. The file is replaced whole. COAIA-6055, 6056, 6058. */
export async function writeTags(
  path: string,
  tags: AudioTags,
  place: Pick<ProgramRun, 'env' | 'signal'>,
): Promise<void> {
  const { codec, container, duration } = await readTags(path);
  const part = join(dirname(path), `.${basename(path, extname(path))}.part${extname(path)}`);
  try {
    if (codec !== null && /MPEG.*Layer 3/i.test(codec)) await writeId3(path, part, tags);
    else {
      const option = container === 'Ogg' ? '-metadata:s:a:0' : '-metadata';
      const words = Object.entries(tags).flatMap(([name, value]) => [
        option,
        `${name === 'year' ? 'date' : name}=${value}`,
      ]);
      await convert(path, part, place, ['-map', '0', '-c', 'copy', ...words]);
    }
    // Read back before the old file goes; ffmpeg 5 spoils the length of OGG files of less than a second.
    const written = await readTags(part);
    if (Math.abs((written.duration ?? 0) - (duration ?? 0)) > 1)
      throw audioErrors.create(
        'COAIA-6058',
        `The tags of ${path} cannot be written; it is as it was.`,
      );
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

async function writeId3(path: string, part: string, tags: AudioTags): Promise<void> {
  const { default: id3 } = await import('node-id3');
  await copyFile(path, part);
  const { comment, year, ...texts } = tags;
  const known = id3.read(await readFile(path));
  const result = id3.update(
    {
      ...texts,
      ...(year === undefined ? {} : { year, recordingTime: year }),
      ...(comment === undefined
        ? {}
        : { comment: { language: known.comment?.language ?? 'eng', text: comment } }),
    },
    part,
  );
  if (result !== true) throw unreadable(path, result);
}

function unreadable(path: string, error: unknown) {
  const { code } = error as { readonly code?: unknown };
  const reason = code === 'ENOENT' ? 'does not exist' : 'is no audio that can be read';
  return audioErrors.create('COAIA-6058', `${path} ${reason}.`, { cause: error });
}
