/** `prompt`: a stored prompt, filled in and sent to a model. */
import { isObject } from '#base';
import { fillVariables, openLocalPrompts } from '#curation';
import { defineAction } from '#surface';
import type { Prompt } from '@coaia/client';
import { z } from 'zod';
import { askModel, modelFields, toChatMessages, toPlainText } from './ask-model.ts';
import { actionPorts } from './ports.ts';

/** Fields of a prompt's config that are parameters of a model. */
const CONFIGURED = ['model', 'temperature', 'top_p', 'max_tokens', 'seed', 'stop'] as const;

export const action = defineAction({
  name: 'prompt',
  summary: 'Fill in a stored prompt and ask a model with it',
  needs: actionPorts,
  observationType: 'GENERATION',
  input: z.strictObject({
    ...modelFields,
    name: z.string().min(1),
    label: z.string().optional(),
    version: z.coerce.number().int().positive().optional(),
    variables: z.record(z.string(), z.unknown()).default({}),
    /** Added after the prompt's own messages. */
    input: z.unknown().optional(),
  }),
  async run(ports, context, { name, label, version, variables, input: added, ...given }) {
    const { db, clock } = ports;
    const prompts = await openLocalPrompts({ db, clock }, context.scope);
    const prompt = await prompts.getPrompt(name, {
      ...(label === undefined ? {} : { label }),
      ...(version === undefined ? {} : { version }),
    });
    const messages = [
      ...toMessages(prompt, variables),
      ...(added === undefined ? [] : [{ role: 'user', content: toPlainText(added) }]),
    ];
    return askModel(ports, context, {
      input: { ...readConfig(prompt.config), ...given },
      messages: toChatMessages(messages),
      prompt: { name: prompt.name, version: prompt.version },
    });
  },
});

function toMessages(prompt: Prompt, variables: Readonly<Record<string, unknown>>) {
  const texts = Object.entries(variables).map(([key, value]) => [key, toPlainText(value)]);
  const filled = fillVariables(prompt.prompt, Object.fromEntries(texts) as Record<string, string>);
  if (typeof filled === 'string') return [{ role: 'user', content: filled }];
  return filled.flatMap((part) => {
    if ('content' in part) return [{ role: part.role, content: part.content }];
    const value = variables[part.name];
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  });
}

function readConfig(config: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(config)) return {};
  return Object.fromEntries(
    CONFIGURED.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]])),
  );
}
