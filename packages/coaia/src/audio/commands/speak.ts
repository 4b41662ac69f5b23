/** `coaia speak`: a text to audio. */
import { extname } from 'node:path';
import { invalidRequest } from '#base';
import { readFileBytes, writeFileBytes } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { audioApi } from '../api.ts';
import { FORMATS, SPEECH_PROVIDERS } from '../speech/speaker.ts';
import type { SpeechFormat } from '../speech/speaker.ts';
import { speak } from '../speech/speak.ts';

export const command = defineCommand({
  words: 'speak',
  summary: 'Turn a text into speech',
  description:
    'By Amazon Polly (AWS keys), an OpenAI-compatible server, or espeak-ng or piper on this machine; --provider chooses. The format is that of the file, else MP3. Without -O the audio goes to stdout when that is no terminal. Each call is a trace with the audio.',
  needs: audioApi,
  positionals: [{ name: 'text', summary: 'What to say; - reads stdin' }],
  options: {
    file: { type: 'string', short: 'F', placeholder: 'PATH', summary: 'Read the text from a file' },
    output: { type: 'string', short: 'O', placeholder: 'PATH', summary: 'Where the audio goes' },
    voice: { type: 'string', placeholder: 'NAME', summary: 'Voice of the service or program' },
    provider: { type: 'string', choices: SPEECH_PROVIDERS, summary: 'Who speaks' },
    model: {
      type: 'string',
      short: 'm',
      placeholder: 'MODEL',
      summary: 'Model, or engine of Polly',
    },
    format: { type: 'string', choices: FORMATS, summary: 'Format of the audio' },
    ssml: { type: 'boolean', summary: 'The text is SSML' },
  },
  examples: [
    'coaia speak "good morning" --provider local -O morning.wav',
    'coaia speak -F speech.txt --provider polly --voice Joanna -O speech.mp3',
  ],
  async run(context, { args, options }) {
    const { out, flags, cwd, env, signal } = context;
    const { output, voice, provider, model } = options;
    const format = toFormat(options.format, output);
    if (output === undefined && out.isTerminal)
      throw invalidRequest(
        'Where does the audio go?',
        undefined,
        'coaia speak "hello" -O hello.mp3',
      );
    const text = await readInput(context, args.text, options.file);
    const { bytes, speaker, recorded } = await speak(await context.open(), {
      text,
      format,
      isSsml: options.ssml === true,
      signal,
      voice,
      provider,
      model,
      sessionId: env['COAIA_SESSION_ID'] || undefined,
      userId: env['COAIA_USER_ID'] || undefined,
      isRecorded: true,
    });
    if (output !== undefined) await writeFileBytes(output, cwd, bytes);
    if (flags.json) {
      const { traceId = null, mediaId = null } = recorded ?? {};
      const facts = { output: output ?? null, bytes: bytes.length, format, voice: speaker.voice };
      out.json({ ...facts, provider: speaker.provider, model: speaker.model, traceId, mediaId });
    } else if (output === undefined) out.bytes(bytes);
    else out.confirm(`Wrote ${bytes.length} bytes to ${output}.`);
  },
});

function toFormat(given: string | undefined, output: string | undefined): SpeechFormat {
  const ending = output === undefined ? '' : extname(output).slice(1).toLowerCase();
  const named = FORMATS.find((one) => one === (given ?? ending));
  return named ?? (ending === 'oga' ? 'ogg' : 'mp3');
}

async function readInput(
  { cwd, stdin, stdinIsTerminal }: CommandContext<unknown>,
  word: string | undefined,
  file: string | undefined,
): Promise<string> {
  if (file !== undefined && file !== '-') return (await readFileBytes(file, cwd)).toString('utf8');
  if (file === undefined && word !== undefined && word !== '-') return word;
  if (stdinIsTerminal && file === undefined && word === undefined) return '';
  return (await stdin()).toString('utf8');
}
