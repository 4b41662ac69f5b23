/** Amazon Polly: one signed request for each piece of the text. */
import type { AudioApi } from '../api.ts';
import { callService } from '../call-service.ts';
import { audioErrors } from '../errors.ts';
import { cutSpeech, toWav } from './speaker.ts';
import type { Speaker, SpeakWish } from './speaker.ts';

/** Polly takes 3,000 billed characters at once. */
const LONGEST = 2900;
/** Of its samples; 16,000 is its default for them. */
const SAMPLE_RATE = 16_000;

/** COAIA-6054 when a key is missing. */
export function toPolly(api: AudioApi, voice = 'Joanna', engine = 'neural'): Speaker {
  const { aws_access_key_id: id, aws_secret_access_key: secret } = api.settings;
  if (id === undefined || secret === undefined)
    throw audioErrors.create('COAIA-6054', 'Amazon Polly needs an access key and its secret.', {
      hint: 'export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...',
    });
  const { aws_region: region = 'us-east-1', aws_endpoint_url: endpoint } = api.settings;
  const suffix = region.startsWith('cn-') ? '.cn' : '';
  const base = endpoint ?? `https://polly.${region}.amazonaws.com${suffix}`;
  const url = `${base}/v1/speech`;
  const keys = { id, secret, region };
  return {
    provider: 'polly',
    model: `polly-${engine}`,
    voice,
    place: new URL(url).host,
    async speak(wish) {
      const pieces = wish.isSsml ? [wish.text] : cutSpeech(wish.text, LONGEST);
      const parts: Uint8Array[] = [];
      for (const piece of pieces) {
        const body = JSON.stringify({
          ...toFields(wish),
          Text: piece,
          VoiceId: voice,
          Engine: engine,
        });
        parts.push(await ask(api, { url, keys, body, signal: wish.signal }));
      }
      const bytes = Buffer.concat(parts);
      return wish.format === 'wav' ? toWav(bytes, SAMPLE_RATE) : bytes;
    },
  };
}

function toFields({ format, isSsml }: SpeakWish) {
  const isSamples = format === 'wav' || format === 'pcm';
  return {
    OutputFormat: isSamples ? 'pcm' : format === 'ogg' ? 'ogg_vorbis' : 'mp3',
    TextType: isSsml ? 'ssml' : 'text',
    ...(isSamples ? { SampleRate: String(SAMPLE_RATE) } : {}),
  };
}

interface Keys {
  readonly id: string;
  readonly secret: string;
  readonly region: string;
}

interface Request {
  readonly url: string;
  readonly keys: Keys;
  readonly body: string;
  readonly signal: AbortSignal;
}

async function ask(api: AudioApi, { url, keys, body, signal }: Request): Promise<Uint8Array> {
  const { id, secret, region } = keys;
  const { AwsV4Signer } = await import('aws4fetch');
  const token = api.settings.aws_session_token;
  const signer = new AwsV4Signer({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    accessKeyId: id,
    secretAccessKey: secret,
    service: 'polly',
    region,
    ...(token === undefined ? {} : { sessionToken: token }),
  });
  const signed = await signer.sign();
  const answer = await callService(api, {
    url,
    headers: Object.fromEntries(new Headers(signed.headers)),
    body,
    signal,
    keySetting: 'aws_secret_access_key',
    secrets: [secret, token ?? ''],
  });
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('audio/')) return new Uint8Array(await answer.arrayBuffer());
  throw audioErrors.create(
    'COAIA-6053',
    `${new URL(url).host} sent ${type || 'nothing'}, no audio.`,
  );
}
