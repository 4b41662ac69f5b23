/** `action: speak`: a text into an audio file in the folder of the run. */
import { extname } from 'node:path';
import { writeFileBytes } from '#config';
import { defineAction } from '#surface';
import { z } from 'zod';
import { audioPorts } from '../api.ts';
import { FORMATS, SPEECH_PROVIDERS } from '../speech/speaker.ts';
import { speak } from '../speech/speak.ts';
import { toPathInside } from './file-inside.ts';

const input = z.object({
  text: z.string().min(1),
  /** Name of the file that is written. */
  file: z.string().min(1),
  format: z.enum(FORMATS).optional(),
  voice: z.string().optional(),
  model: z.string().optional(),
  provider: z.enum(SPEECH_PROVIDERS).optional(),
  ssml: z.boolean().default(false),
});

export const action = defineAction({
  name: 'speak',
  summary: 'Turn a text into speech',
  needs: audioPorts,
  input,
  permission: 'files',
  observationType: 'GENERATION',
  async run(ports, { scope, signal, folder }, given) {
    const { text, file, voice, model, provider, ssml: isSsml } = given;
    const path = await toPathInside(folder, file);
    const ending = extname(file).slice(1).toLowerCase();
    const format = given.format ?? FORMATS.find((one) => one === ending) ?? 'mp3';
    const { bytes, speaker } = await speak(await ports.open(scope), {
      text,
      format,
      isSsml,
      voice,
      model,
      provider,
      signal,
      isRecorded: false,
    });
    await writeFileBytes(path, folder, bytes);
    const { provider: by, place } = speaker;
    return {
      output: { file, bytes: bytes.length, format },
      model: speaker.model,
      modelParameters: { voice: speaker.voice, format },
      metadata: { provider: by, place },
    };
  },
});
