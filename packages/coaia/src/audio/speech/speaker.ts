/** Who speaks: the port that services and programs share. */
export const FORMATS = ['mp3', 'ogg', 'wav', 'pcm'] as const;

export type SpeechFormat = (typeof FORMATS)[number];

export interface SpeakWish {
  readonly text: string;
  readonly format: SpeechFormat;
  readonly isSsml: boolean;
  readonly signal: AbortSignal;
}

export interface Speaker {
  readonly provider: 'polly' | 'openai' | 'local';
  /** As the trace has it. */
  readonly model: string;
  readonly voice: string;
  readonly place: string;
  /** The audio in that format. */
  speak(wish: SpeakWish): Promise<Uint8Array>;
}

export const SPEECH_PROVIDERS = ['polly', 'openai', 'local'] as const;

/** Pieces of at most so many characters, cut behind sentences where there are any. */
export function cutSpeech(text: string, longest: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const ends = [...head.matchAll(/[.!?。！？][^\S\n]*\s|\n/g)].map(
      (found) => found.index + found[0].length,
    );
    const at = ends.at(-1) ?? (head.lastIndexOf(' ') > 0 ? head.lastIndexOf(' ') : longest);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** A WAV file around samples of 16 bits, one channel; layout of the RIFF format. */
export function toWav(samples: Uint8Array, sampleRate: number): Uint8Array {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
