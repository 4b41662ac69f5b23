import type { CreatePromptBody, PromptContent } from '@coaia/client';
import { readJson, toParameters } from './draft.ts';
import type { Column } from './draft.ts';

/** What is said about a version when it is saved. */
export interface VersionFacts {
  readonly name: string;
  readonly labels: readonly string[];
  readonly commitMessage: string;
  /** Keep model, parameters, tools and schema in the version's config. */
  readonly hasSettings: boolean;
}

/** The body that saves a column as a version. Throws TypeError when its tools or schema are no JSON. */
export function toPromptBody(
  column: Column,
  { name, labels, commitMessage, hasSettings }: VersionFacts,
): CreatePromptBody {
  return {
    name,
    type: column.type,
    prompt: toContent(column),
    labels,
    ...(hasSettings ? { config: toConfig(column) } : {}),
    ...(commitMessage === '' ? {} : { commitMessage }),
  };
}

function toContent({ type, messages }: Column): PromptContent {
  if (type === 'text') return messages.map(({ text }) => text).join('\n\n');
  return messages
    .filter(({ role, text }) => role !== 'system' || text.trim() !== '')
    .map(({ role, text }) =>
      role === 'placeholder' ? { type: 'placeholder', name: text } : { role, content: text },
    );
}

/** The names that SDKs and servers use, so that a program can pass the config on. */
function toConfig({ model, parameters, provider, schema, tools }: Column): Record<string, unknown> {
  const { maxTokens, topP, ...rest } = toParameters(parameters) ?? {};
  const form = readJson(schema);
  return {
    ...(model === '' ? {} : { model }),
    ...(provider === '' ? {} : { provider }),
    ...rest,
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(tools.trim() === '' ? {} : { tools: readJson(tools) }),
    ...(form === undefined
      ? {}
      : {
          response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: form } },
        }),
  };
}
