/** File formats of training examples; each line is one JSON object. */
import type { Example, Message } from './messages.ts';

export const FORMATS = ['openai', 'gemini', 'chatml', 'alpaca', 'sharegpt', 'hf'] as const;

export type Format = (typeof FORMATS)[number];

/** One example in a format. */
export function toFormat(example: Example, format: Format): unknown {
  return WRITERS[format](example);
}

const WRITERS: Readonly<Record<Format, (example: Example) => unknown>> = {
  openai: (example) => ({ messages: toAll(example) }),
  gemini: toGemini,
  chatml: (example) => ({
    text: toAll(example)
      .map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`)
      .join(''),
  }),
  alpaca: toAlpaca,
  sharegpt: (example) => ({
    conversations: toAll(example).map(({ role, content }) => ({
      from: SPEAKERS[role] ?? role,
      value: content,
    })),
  }),
  // Conversational prompt and completion, as Hugging Face TRL takes them.
  hf: ({ prompt, answer }) => ({ prompt, completion: answer }),
};

const SPEAKERS: Readonly<Record<string, string>> = {
  system: 'system',
  user: 'human',
  assistant: 'gpt',
};

function toAll({ prompt, answer }: Example): readonly Message[] {
  return [...prompt, ...answer];
}

function toGemini(example: Example) {
  const all = toAll(example);
  return {
    systemInstruction: { role: 'system', parts: [{ text: joinRole(all, 'system') }] },
    contents: all
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({
        role: role === 'assistant' ? 'model' : 'user',
        parts: [{ text: content }],
      })),
  };
}

/** One question and one answer: earlier turns of a chat go into `input`. */
function toAlpaca({ prompt, answer }: Example) {
  const turns = prompt.filter(({ role }) => role !== 'system');
  const earlier = turns.slice(0, -1).map(({ role, content }) => `${role}: ${content}`);
  return {
    instruction: turns.at(-1)?.content ?? '',
    input: earlier.join('\n'),
    output: answer.map(({ content }) => content).join('\n'),
    system: joinRole(prompt, 'system'),
  };
}

function joinRole(messages: readonly Message[], wanted: string): string {
  return messages
    .filter(({ role }) => role === wanted)
    .map(({ content }) => content)
    .join('\n');
}
