/** Dataset items as lines of a training file, in the two forms CoAiAPy writes. */
import type { DatasetItem } from './datasets-api.ts';

export interface TrainingLineOptions {
  /** `openai` when absent. */
  readonly format?: 'openai' | 'gemini';
  readonly systemInstruction?: string;
}

interface Message {
  readonly role: string;
  readonly content: string;
}

const SYSTEM = 'You are a helpful assistant';

/** One line of JSON per active item that has an input and an expected output. */
export function formatDatasetForFinetuning(
  items: readonly Pick<DatasetItem, 'input' | 'expectedOutput' | 'status'>[],
  { format = 'openai', systemInstruction }: TrainingLineOptions = {},
): readonly string[] {
  const usable = items.filter(
    ({ input, expectedOutput, status }) =>
      status !== 'ARCHIVED' && !isEmpty(input) && !isEmpty(expectedOutput),
  );
  return usable.map(({ input, expectedOutput }) => {
    const asked = toMessages(input, 'user');
    const system =
      systemInstruction ?? asked.find(({ role }) => role === 'system')?.content ?? SYSTEM;
    const said = [
      ...asked.filter(({ role }) => role !== 'system'),
      ...toMessages(expectedOutput, 'assistant'),
    ];
    return JSON.stringify(format === 'openai' ? toOpenAi(system, said) : toGemini(system, said));
  });
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** A chat keeps its messages; a text stays as it is; anything else is compact JSON. */
function toMessages(value: unknown, role: string): readonly Message[] {
  if (typeof value === 'string') return [{ role, content: value }];
  if (Array.isArray(value) && value.length > 0 && value.every(isMessage)) return value;
  return [{ role, content: JSON.stringify(value) }];
}

function isMessage(value: unknown): value is Message {
  const { role, content } = (value ?? {}) as Partial<Message>;
  return typeof role === 'string' && typeof content === 'string';
}

function toOpenAi(system: string, said: readonly Message[]) {
  return { messages: [{ role: 'system', content: system }, ...said] };
}

function toGemini(system: string, said: readonly Message[]) {
  return {
    systemInstruction: { role: 'system', parts: [{ text: system }] },
    contents: said.map(({ role, content }) => ({
      role: role === 'assistant' ? 'model' : 'user',
      parts: [{ text: content }],
    })),
  };
}
