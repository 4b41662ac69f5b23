import { describe, expect, test } from 'vitest';
import { findParts } from './split-points.ts';
import { joinTranscripts, parseTranscriptText, renderTranscript } from './transcript.ts';
import type { Transcript } from './transcript.ts';

const said = (text: string, segments: Transcript['segments'] = null): Transcript => ({
  text,
  segments,
  language: 'en',
  duration: 5,
});

describe('subtitles', () => {
  const segments = [
    { start: 0, end: 1.25, text: 'One.' },
    { start: 3661.0004, end: 3662.9996, text: 'Two.' },
  ];
  test('SRT', () =>
    expect(renderTranscript(said('x', segments), 'srt')).toBe(
      '1\n00:00:00,000 --> 00:00:01,250\nOne.\n\n2\n01:01:01,000 --> 01:01:03,000\nTwo.',
    ));
  test('VTT', () =>
    expect(renderTranscript(said('x', segments), 'vtt')).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.250\nOne.\n\n01:01:01.000 --> 01:01:03.000\nTwo.',
    ));
  test('need times', () => expect(() => renderTranscript(said('x'), 'srt')).toThrow(/no times/));
  test.each(['srt', 'vtt'] as const)('%s is read back', (format) => {
    const printed = renderTranscript(said('x', segments), format);
    expect(parseTranscriptText(printed).segments).toEqual([
      { start: 0, end: 1.25, text: 'One.' },
      { start: 3661, end: 3663, text: 'Two.' },
    ]);
  });
});

describe('what programs print', () => {
  test('words, JSON of servers, JSON of whisper-cli', () => {
    expect(parseTranscriptText(' hello\n world \n')).toMatchObject({
      text: 'hello world',
      segments: null,
    });
    const server = { text: ' hi ', segments: [{ start: 1, end: 2, text: ' hi' }, { start: 'x' }] };
    expect(parseTranscriptText(JSON.stringify(server))).toMatchObject({
      text: 'hi',
      segments: [{ start: 1, end: 2, text: 'hi' }],
    });
    const cli = {
      result: { language: 'en' },
      transcription: [{ offsets: { from: 500, to: 1500 }, text: ' hi' }],
    };
    expect(parseTranscriptText(JSON.stringify(cli))).toMatchObject({
      text: 'hi',
      language: 'en',
      segments: [{ start: 0.5, end: 1.5, text: 'hi' }],
    });
    expect(parseTranscriptText('{"other": 1}').text).toBe('{"other": 1}');
  });
});

describe('parts', () => {
  test('are cut in silence, and at the end where there is none', () => {
    const silences = [
      { start: 3, end: 4 },
      { start: 8, end: 10 },
      { start: 17, end: 18 },
    ];
    expect(findParts(40, 10, silences)).toEqual([
      { from: 0, length: 9 },
      { from: 9, length: 8.5 },
      { from: 17.5, length: 10 },
      { from: 27.5, length: 10 },
      { from: 37.5, length: 2.5 },
    ]);
    expect(findParts(10, 10, silences)).toEqual([{ from: 0, length: 10 }]);
  });

  test('are joined with their own times; a count without a part is none', () => {
    const one = said('One.', [{ start: 0, end: 2, text: 'One.' }]);
    const two = {
      ...said('Two.', [{ start: 1, end: 2, text: 'Two.' }]),
      usageDetails: { input: 3 },
    };
    const joined = joinTranscripts([
      { from: 0, transcript: one },
      { from: 9.1, transcript: two },
    ]);
    expect(joined).toEqual({
      text: 'One. Two.',
      segments: [
        { start: 0, end: 2, text: 'One.' },
        { start: 10.1, end: 11.1, text: 'Two.' },
      ],
      language: 'en',
      duration: 14.1,
    });
    const both = joinTranscripts([
      { from: 0, transcript: two },
      { from: 5, transcript: two },
    ]);
    expect(both.usageDetails).toEqual({ input: 6 });
  });
});
