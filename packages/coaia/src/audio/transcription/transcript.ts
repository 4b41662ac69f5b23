/** What was said, and when, as far as whoever listened tells. */
import { isObject } from '#base';
import { audioErrors } from '../errors.ts';

export interface Segment {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Transcript {
  readonly text: string;
  /** Null: no times are known. */
  readonly segments: readonly Segment[] | null;
  readonly language: string | null;
  /** Seconds; null when nobody told. */
  readonly duration: number | null;
  /** Tokens as the service counted them. */
  readonly usageDetails?: Readonly<Record<string, number>>;
}

export const FORMATS = ['text', 'json', 'srt', 'vtt'] as const;

export type TranscriptFormat = (typeof FORMATS)[number];

/** The transcript as a text of that format, without a newline at its end. COAIA-6057. */
export function renderTranscript(transcript: Transcript, format: TranscriptFormat): string {
  const { text, segments, language, duration } = transcript;
  if (format === 'text') return text;
  if (format === 'json') return JSON.stringify({ text, segments, language, duration }, null, 2);
  if (segments === null)
    throw audioErrors.create('COAIA-6057', `There are no times for ${format}.`, {
      hint: 'coaia transcribe FILE --format text',
    });
  const mark = format === 'srt' ? ',' : '.';
  const blocks = segments.map(({ start, end, text: said }, index) => {
    const times = `${toTime(start, mark)} --> ${toTime(end, mark)}`;
    return format === 'srt' ? `${index + 1}\n${times}\n${said}` : `${times}\n${said}`;
  });
  return (format === 'vtt' ? ['WEBVTT', ...blocks] : blocks).join('\n\n');
}

function toTime(seconds: number, mark: string): string {
  const milliseconds = Math.round(seconds * 1000);
  const pad = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0');
  const rest = pad(milliseconds % 1000, 3);
  const [hours, minutes] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60];
  return `${pad(hours)}:${pad(minutes)}:${pad((milliseconds / 1000) % 60)}${mark}${rest}`;
}

/** Parts of one recording, each with where it begins, as one. */
export function joinTranscripts(
  parts: readonly { readonly from: number; readonly transcript: Transcript }[],
): Transcript {
  const known = parts.every(({ transcript }) => transcript.segments !== null);
  const segments = parts.flatMap(({ from, transcript }) =>
    (transcript.segments ?? []).map(({ start, end, text }) => ({
      start: toMillis(start + from),
      end: toMillis(end + from),
      text,
    })),
  );
  const usages = parts.map(({ transcript }) => transcript.usageDetails);
  const counted = usages.filter((usage) => usage !== undefined);
  const last = parts.at(-1);
  const end = last?.transcript.duration ?? null;
  return {
    text: parts
      .map(({ transcript }) => transcript.text.trim())
      .join(' ')
      .trim(),
    segments: known ? segments : null,
    language:
      parts.find(({ transcript }) => transcript.language !== null)?.transcript.language ?? null,
    duration: end === null ? null : toMillis((last?.from ?? 0) + end),
    // A sum without one of its parts would be no count.
    ...(counted.length === parts.length ? { usageDetails: addUsages(counted) } : {}),
  };
}

const toMillis = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function addUsages(usages: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const usage of usages)
    for (const [name, count] of Object.entries(usage)) total[name] = (total[name] ?? 0) + count;
  return total;
}

/** From the JSON of OpenAI-compatible servers and whisper.cpp; undefined when it is neither. */
export function parseTranscriptJson(body: unknown): Transcript | undefined {
  if (!isObject(body)) return undefined;
  if (Array.isArray(body['transcription'])) return parseWhisperCli(body);
  if (typeof body['text'] !== 'string') return undefined;
  const { text, segments, language, duration } = body;
  const usageDetails = toUsage(body['usage']);
  return {
    text: text.trim(),
    segments: Array.isArray(segments) ? segments.flatMap((one: unknown) => toSegment(one)) : null,
    language: typeof language === 'string' ? language : null,
    duration: typeof duration === 'number' ? duration : null,
    ...(usageDetails === undefined ? {} : { usageDetails }),
  };
}

function toSegment(value: unknown): readonly Segment[] {
  if (!isObject(value)) return [];
  const { start, end, text } = value;
  if (typeof start !== 'number' || typeof end !== 'number' || typeof text !== 'string') return [];
  return [{ start, end, text: text.trim() }];
}

/** What `whisper-cli -oj` writes: milliseconds in `offsets`. */
function parseWhisperCli(body: Readonly<Record<string, unknown>>): Transcript {
  const entries = body['transcription'] as readonly unknown[];
  const segments = entries.flatMap((entry) => {
    const { offsets, text } = isObject(entry) ? entry : {};
    const { from, to } = isObject(offsets) ? offsets : {};
    return typeof from === 'number' && typeof to === 'number' && typeof text === 'string'
      ? [{ start: from / 1000, end: to / 1000, text: text.trim() }]
      : [];
  });
  const { result } = body;
  const language = isObject(result) ? result['language'] : undefined;
  return {
    text: segments.map(({ text }) => text).join(' '),
    segments,
    language: typeof language === 'string' ? language : null,
    duration: null,
  };
}

/** Servers that charge by the minute report seconds instead of tokens. */
function toUsage(usage: unknown): Readonly<Record<string, number>> | undefined {
  if (!isObject(usage) || usage['type'] !== 'tokens') return undefined;
  const { input_tokens: input, output_tokens: output, total_tokens: total } = usage;
  const given = Object.entries({ input, output, total }).filter(
    (pair): pair is [string, number] => typeof pair[1] === 'number',
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** What a program printed: JSON, SRT, VTT, or the words themselves. */
export function parseTranscriptText(printed: string): Transcript {
  try {
    const parsed = parseTranscriptJson(JSON.parse(printed));
    if (parsed !== undefined) return parsed;
  } catch {
    // It is no JSON.
  }
  const segments = parseSubtitles(printed);
  const words = segments.length > 0 ? segments.map(({ text }) => text).join(' ') : printed;
  return {
    text: words.replaceAll(/\s+/g, ' ').trim(),
    segments: segments.length > 0 ? segments : null,
    language: null,
    duration: null,
  };
}

const CUE =
  /(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})\s+-->\s+(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})[^\n]*\n([^]*?)(?=\n\s*\n|$)/g;

function parseSubtitles(text: string): readonly Segment[] {
  return [...text.replaceAll('\r\n', '\n').matchAll(CUE)].map(([, ...found]) => {
    const [h1, m1, s1, f1, h2, m2, s2, f2, said = ''] = found;
    const toSeconds = (...parts: readonly (string | undefined)[]) => {
      const [hours = 0, minutes = 0, seconds = 0, fraction = 0] = parts.map((one) =>
        Number(one ?? 0),
      );
      return hours * 3600 + minutes * 60 + seconds + fraction / 1000;
    };
    return {
      start: toSeconds(h1, m1, s1, f1),
      end: toSeconds(h2, m2, s2, f2),
      text: said.replaceAll('\n', ' ').trim(),
    };
  });
}
