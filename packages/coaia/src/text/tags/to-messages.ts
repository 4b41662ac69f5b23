/** The messages for a tag: what the model is told first, then the text. */
import { isCoaiaError } from '#base';
import type { ChatMessage, Prompt } from '@coaia/client';
import type { TextApi } from '../api.ts';
import { textErrors } from '../errors.ts';
import type { Tag } from './tag.ts';

export interface Filled {
  readonly messages: readonly ChatMessage[];
  readonly prompt?: { readonly name: string; readonly version: number };
}

/** The instruction, or the stored prompt of the tag with `{{input}}` filled in. COAIA-6005 when it is not there. */
export async function toMessages(api: TextApi, tag: Tag, text: string): Promise<Filled> {
  if (tag.prompt === undefined)
    return {
      messages: [
        { role: 'system', content: tag.instruction },
        { role: 'user', content: text },
      ],
    };
  const prompt = await readPrompt(api, tag);
  const { name, version } = prompt;
  return { messages: fillPrompt(prompt.prompt, text), prompt: { name, version } };
}

async function readPrompt(api: TextApi, { name, prompt }: Tag): Promise<Prompt> {
  try {
    return await api.getPrompt(prompt?.name ?? '', prompt?.label);
  } catch (error) {
    if (!isCoaiaError(error) || error.definition.status !== 404) throw error;
    throw textErrors.create('COAIA-6005', `${name}_prompt: ${error.message}`, {
      hint: 'coaia fuse prompts list',
      cause: error,
    });
  }
}

/** Where the prompt does not say where the text goes, it follows as the user's message. */
function fillPrompt(prompt: Prompt['prompt'], text: string): readonly ChatMessage[] {
  const user = { role: 'user', content: text } as const;
  if (typeof prompt === 'string') {
    const filled = fill(prompt, text);
    return filled === prompt
      ? [{ role: 'system', content: prompt }, user]
      : [{ role: 'user', content: filled }];
  }
  const messages = toChatMessages(prompt);
  const filled = messages.map((message): ChatMessage => {
    const { content } = message;
    return typeof content === 'string' ? { ...message, content: fill(content, text) } : message;
  });
  const isFilled = filled.some(({ content }, index) => content !== messages[index]?.content);
  return isFilled ? filled : [...filled, user];
}

/** Placeholders for messages have nothing to stand for here. */
function toChatMessages(prompt: Exclude<Prompt['prompt'], string>): readonly ChatMessage[] {
  return prompt.flatMap((one): readonly ChatMessage[] => {
    if (!('role' in one)) return [];
    return [{ role: one.role as ChatMessage['role'], content: one.content }];
  });
}

function fill(template: string, text: string): string {
  return template.replaceAll(/\{\{\s*(?:input|text)\s*\}\}/g, () => text);
}
