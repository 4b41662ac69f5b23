/** Speech of OpenAI-compatible servers. */
import { toModelBase } from '#models';
import type { AudioApi } from '../api.ts';
import { callService } from '../call-service.ts';
import { audioErrors } from '../errors.ts';
import { cutSpeech, toWav } from './speaker.ts';
import type { Speaker, SpeakWish } from './speaker.ts';

/** OpenAI takes 4,096 characters at once. */
const LONGEST = 4000;
/** Of OpenAI's raw samples. */
const SAMPLE_RATE = 24_000;

export function toOpenAiSpeaker(
  api: AudioApi,
  voice = 'alloy',
  model = 'gpt-4o-mini-tts',
): Speaker {
  const { openai_speech_api_url: own, openai_api_url: shared } = api.settings;
  const base = toModelBase(own ?? shared ?? 'https://api.openai.com/v1');
  const url = base.endsWith('/audio/speech') ? base : `${base}/audio/speech`;
  return {
    provider: 'openai',
    model,
    voice,
    place: new URL(url).host,
    async speak(wish) {
      if (wish.isSsml)
        throw audioErrors.create('COAIA-6053', 'OpenAI-compatible servers read no SSML.', {
          hint: 'coaia speak -F text.ssml --ssml --provider polly -O out.mp3',
        });
      const pieces = cutSpeech(wish.text, LONGEST);
      // Several WAV files are no WAV file; samples can be put behind each other.
      const isJoined = pieces.length > 1 && wish.format === 'wav';
      const form = isJoined ? 'pcm' : wish.format === 'ogg' ? 'opus' : wish.format;
      const parts: Uint8Array[] = [];
      for (const input of pieces) {
        const body = JSON.stringify({ model, input, voice, response_format: form });
        parts.push(await ask(api, url, body, wish));
      }
      const bytes = Buffer.concat(parts);
      return isJoined ? toWav(bytes, SAMPLE_RATE) : bytes;
    },
  };
}

async function ask(
  api: AudioApi,
  url: string,
  body: string,
  { signal }: SpeakWish,
): Promise<Uint8Array> {
  const key = api.settings.openai_api_key ?? '';
  const answer = await callService(api, {
    url,
    headers: {
      'content-type': 'application/json',
      ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
    },
    body,
    signal,
    keySetting: 'openai_api_key',
    secrets: [key],
  });
  const type = answer.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (!/^(?:text|application\/json)/.test(type) && bytes.length > 0) return bytes;
  throw audioErrors.create('COAIA-6053', `${new URL(url).host} sent no audio.`);
}
