/** `action: transcribe`: a recording in the folder of the run to text. */
import { defineAction } from '#surface';
import { z } from 'zod';
import { audioPorts } from '../api.ts';
import { PROVIDERS } from '../transcription/listeners.ts';
import { FORMATS, renderTranscript } from '../transcription/transcript.ts';
import { transcribe } from '../transcription/transcribe.ts';
import { toPathInside } from './file-inside.ts';

const input = z.object({
  file: z.string().min(1),
  format: z.enum(FORMATS).default('text'),
  language: z.string().optional(),
  model: z.string().optional(),
  prompt: z.string().optional(),
  provider: z.enum(PROVIDERS).optional(),
  temperature: z.coerce.number().optional(),
  split: z.coerce.number().min(1).optional(),
});

export const action = defineAction({
  name: 'transcribe',
  summary: 'Turn a recording into text',
  needs: audioPorts,
  input,
  permission: 'files',
  observationType: 'GENERATION',
  async run(ports, { scope, signal, folder }, given) {
    const { file: name, format, language, model, prompt, provider, temperature, split } = given;
    const path = await toPathInside(folder, name);
    const notes: string[] = [];
    const result = await transcribe(await ports.open(scope), {
      path,
      name,
      language,
      model,
      prompt,
      provider,
      temperature,
      split,
      signal,
      withTimes: format !== 'text',
      onNotice: (sentence) => notes.push(sentence),
      isRecorded: false,
    });
    const { transcript, parts, place } = result;
    const rendered = renderTranscript(transcript, format);
    const { usageDetails, duration, language: heard } = transcript;
    return {
      output: format === 'json' ? (JSON.parse(rendered) as unknown) : rendered,
      model: result.model,
      ...(usageDetails === undefined ? {} : { usageDetails }),
      metadata: { place, parts, seconds: duration, language: heard, notes },
    };
  },
});
