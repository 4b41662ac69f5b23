/** `prompts create --interactive`: the whole version, written in the editor. */
import type { CreatePromptBody } from '@coaia/client';
import { promptErrors } from '../errors.ts';
import { parsePromptFile } from '../prompt-file.ts';
import { runEditor } from './run-editor.ts';

const HINT = '# Write the prompt, save and close. Nothing is made when the file stays as it is.';

export interface Draft {
  readonly name: string | undefined;
  readonly type: 'text' | 'chat';
  readonly labels: readonly string[] | undefined;
  readonly tags: readonly string[] | undefined;
  readonly config: unknown;
}

/** What the user made of the draft. Throws COAIA-2010 for an unchanged one, COAIA-2011 and COAIA-2012. */
export async function writeDraft(
  draft: Draft,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CreatePromptBody & { readonly name: string }> {
  const before = await toText(draft);
  const after = await runEditor(env, before, 'yaml');
  if (after === before) {
    throw promptErrors.create('COAIA-2010', 'Nothing was written, so no version was made.', {
      hint: "coaia prompts create NAME 'Hello {{name}}'",
    });
  }
  return parsePromptFile('The draft', after);
}

async function toText({ name, type, labels, tags, config }: Draft): Promise<string> {
  const { stringify } = await import('yaml');
  const fields = {
    name: name ?? 'folder/name',
    type,
    labels: labels ?? [],
    tags: tags ?? [],
    config: config ?? {},
    prompt: type === 'text' ? 'Hello {{name}}' : [{ role: 'user', content: 'Hello {{name}}' }],
  };
  return `${HINT}\n${stringify(fields, { lineWidth: 0 })}`;
}
