import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { has, openAudioHome } from '../testing/audio-home.ts';
import type { AudioHome } from '../testing/audio-home.ts';

let room: AudioHome;
beforeEach(async () => {
  room = await openAudioHome();
});
afterEach(() => room.close());

describe.skipIf(!has('espeak-ng') || !has('ffmpeg'))('tag', () => {
  it.each(['mp3', 'ogg', 'wav'])(
    'writes and reads %s and leaves the rest alone',
    async (ending) => {
      const file = `a.${ending}`;
      expect(
        (await room.run(`speak "one two three four five" --provider local -O ${file}`)).code,
      ).toBe(0);
      const first = await room.run(['tag', file, '--title', 'Täg "one"', '--artist', 'Ada']);
      expect([first.code, first.stderr]).toEqual([0, '']);
      writeFileSync(
        join(room.home, 'tags.json'),
        '{"album": "Numbers", "comment": "spoken", "year": 2026}',
      );
      const second = await room.run(`tag ${file} --from-json tags.json --artist Bob --json`);
      expect(JSON.parse(second.stdout)).toMatchObject({
        tags: {
          title: 'Täg "one"',
          artist: 'Bob',
          album: 'Numbers',
          ...(ending === 'mp3' ? { comment: 'spoken', year: '2026' } : {}),
        },
        duration: expect.any(Number),
      });
      const probe = [
        '-v',
        'error',
        '-show_entries',
        'format_tags:stream_tags',
        '-of',
        'json',
        join(room.home, file),
      ];
      expect(execFileSync('ffprobe', probe).toString()).toContain('Numbers');
      expect((await room.run(`tag ${file}`)).stdout).toContain('artist: Bob\n');
    },
  );

  it.each([
    ['tag missing.mp3', 1, 'COAIA-6058'],
    ['tag no.mp3 --title x', 1, 'COAIA-6058'],
    ['tag no.mp3 --from-json bad.json', 2, 'no tag'],
  ])('%s ends with %i and changes nothing', async (line, code, words) => {
    writeFileSync(join(room.home, 'no.mp3'), 'this is no audio');
    writeFileSync(join(room.home, 'bad.json'), '{"size": 1}');
    const result = await room.run(line);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
    expect(readFileSync(join(room.home, 'no.mp3'), 'utf8')).toBe('this is no audio');
  });
});
