/**
 * A stand-in for audio services on a real port: OpenAI's transcriptions and speech, the server of whisper.cpp,
 * and Amazon Polly, whose signature it computes anew from what arrived.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AudioCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** Fields of a form; of a file its length. */
  readonly form: Readonly<Record<string, string>>;
}

export interface AudioServer {
  readonly url: string;
  readonly calls: readonly AudioCall[];
  /** Statuses of the next answers. */
  readonly failures: number[];
  close(): Promise<void>;
}

export const AWS = { id: 'AKIDTEST', secret: 'aws-test-secret', region: 'eu-west-1' } as const;
export const KEY = 'sk-audio-test-key';

/** Seconds of a 16 kHz WAV, as the recognisers want it. */
const toSeconds = (bytes: number) => Math.max(0, bytes - 78) / 32_000;

/** Starts it. */
export async function openAudioServer(): Promise<AudioServer> {
  const calls: AudioCall[] = [];
  const failures: number[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      calls.push(call);
      const failure = failures.shift();
      if (failure === undefined) answer(call, calls.length, response);
      else sendJson(response, failure, { error: { message: 'not now' } });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    failures,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function readCall(request: IncomingMessage): Promise<AudioCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { headers, url: path = '' } = request;
  const type = headers['content-type'] ?? '';
  const form: Record<string, string> = {};
  if (type.startsWith('multipart/')) {
    const [, boundary = ''] = /boundary=(.+)$/.exec(type) ?? [];
    for (const part of body.toString('latin1').split(`--${boundary}`)) {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const value = rest.join('\r\n\r\n').slice(0, -2);
      const [, name] = /name="([^"]+)"/.exec(head) ?? [];
      if (name !== undefined) form[name] = head.includes('filename=') ? `${value.length}` : value;
    }
  }
  return { path, headers, body, form };
}

function answer(call: AudioCall, count: number, response: ServerResponse): void {
  if (call.path === '/v1/speech') answerPolly(call, response);
  else if (call.headers['authorization'] !== `Bearer ${KEY}` && call.path !== '/inference')
    sendJson(response, 401, { error: { message: `Incorrect API key provided: ${KEY}` } });
  else if (call.path.endsWith('/audio/speech')) answerSpeech(call, response);
  else answerTranscription(call, count, response);
}

/** Text and times say which call it was and how long its audio is. */
function answerTranscription({ form }: AudioCall, count: number, response: ServerResponse): void {
  const seconds = toSeconds(Number(form['file']));
  const text = `Call ${count}.`;
  if (form['response_format'] === 'json')
    sendJson(response, 200, {
      text,
      usage: { type: 'tokens', input_tokens: 10, output_tokens: 2, total_tokens: 12 },
    });
  else {
    const segments = [{ id: 0, start: 0, end: seconds, text: ` ${text}` }];
    sendJson(response, 200, { text, language: 'english', duration: seconds, segments });
  }
}

function answerSpeech({ body }: AudioCall, response: ServerResponse): void {
  const { input, response_format: format } = JSON.parse(body.toString('utf8')) as Record<
    string,
    string
  >;
  response.writeHead(200, { 'content-type': `audio/${format}` });
  response.end(`<${format}:${input}>`);
}

function answerPolly(call: AudioCall, response: ServerResponse): void {
  const given = String(call.headers['authorization']);
  if (given !== toSignature(call)) {
    sendJson(response, 403, { message: 'The request signature we calculated does not match' });
    return;
  }
  const { OutputFormat: format, Text: text } = JSON.parse(call.body.toString('utf8')) as Record<
    string,
    string
  >;
  response.writeHead(200, { 'content-type': format === 'pcm' ? 'audio/pcm' : 'audio/mpeg' });
  response.end(format === 'pcm' ? Buffer.alloc(3200) : `<${format}:${text}>`);
}

/** AWS Signature Version 4 for what arrived, with the right secret. */
function toSignature({ path, headers, body }: AudioCall): string {
  const authorization = String(headers['authorization']);
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const time = String(headers['x-amz-date']);
  const place = `${time.slice(0, 8)}/${AWS.region}/polly/aws4_request`;
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const hash = (value: Buffer | string) => createHash('sha256').update(value).digest('hex');
  const canonical = ['POST', path, '', lines.join(''), names, hash(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, place, hash(canonical)].join('\n');
  let key: Buffer | string = `AWS4${AWS.secret}`;
  for (const step of place.split('/')) key = createHmac('sha256', key).update(step).digest();
  const signature = createHmac('sha256', key).update(text).digest('hex');
  return `AWS4-HMAC-SHA256 Credential=${AWS.id}/${place}, SignedHeaders=${names}, Signature=${signature}`;
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
