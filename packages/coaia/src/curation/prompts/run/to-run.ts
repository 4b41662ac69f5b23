/** A stored prompt and what the caller gave, as one call of a model. */
import { invalidRequest, isObject } from '#base';
import type { ChatMessage, PlaygroundMessage, PlaygroundRun, Prompt } from '@coaia/client';
import { listTexts } from '../template.ts';

/** What the command line says of a run. */
export interface RunWish {
  readonly model: string | undefined;
  /** Taken when neither the flag nor the prompt names one. */
  readonly usualModel: string | undefined;
  readonly provider: string | undefined;
  readonly temperature: number | undefined;
  readonly maxTokens: number | undefined;
  readonly schema: Readonly<Record<string, unknown>> | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Fills `{{input}}`; a prompt without it gets one more message of the user. */
  readonly input: string | undefined;
  /** Messages by the name of their placeholder. */
  readonly placeholders: Readonly<Record<string, readonly ChatMessage[]>>;
}

/** Throws COAIA-0002 when no model is named anywhere. */
export function toRun(prompt: Prompt, wish: RunWish): PlaygroundRun {
  const config = isObject(prompt.config) ? prompt.config : {};
  const model = wish.model ?? toText(config['model']) ?? wish.usualModel;
  if (model === undefined)
    throw invalidRequest(
      `Which model? Neither the prompt ${prompt.name} nor your settings name one.`,
      undefined,
      `coaia run ${prompt.name} --model MODEL`,
    );
  const temperature = wish.temperature ?? toNumber(config['temperature']);
  const maxTokens = wish.maxTokens ?? toNumber(config['max_tokens']);
  const provider = wish.provider ?? toText(config['provider']);
  const takesInput = listTexts(prompt.prompt).some((text) => INPUT.test(text));
  const added: readonly PlaygroundMessage[] =
    wish.input === undefined || takesInput ? [] : [{ role: 'user', content: wish.input }];
  const filled = wish.input === undefined || !takesInput ? {} : { input: wish.input };
  return {
    model,
    messages: [...toMessages(prompt), ...added],
    variables: { ...wish.variables, ...filled },
    placeholders: wish.placeholders,
    prompt: { name: prompt.name, version: prompt.version },
    parameters: { temperature, maxTokens },
    provider,
    schema: wish.schema,
  };
}

const INPUT = /\{\{\s*input\s*\}\}/;

function toMessages({ prompt }: Prompt): readonly PlaygroundMessage[] {
  if (typeof prompt === 'string') return [{ role: 'user', content: prompt }];
  // A stored role may be any word; the model server says when it does not take it.
  return prompt.map((part) => part as PlaygroundMessage);
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
