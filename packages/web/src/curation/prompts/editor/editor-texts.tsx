import { CodeEditor } from '../../../ui/editor/code-editor.tsx';
import { SelectField, TextField } from '../../../ui/form/fields.tsx';
import { words } from '../messages.ts';
import { PromptDiff } from '../detail/diff-tab.tsx';
import { ChatEditor } from './chat-editor.tsx';
import { toBody } from './draft.ts';
import type { EditorPartProps } from './editor-part.ts';

const part = words.editor;
const kinds = [
  { value: 'text', label: part.kindText },
  { value: 'chat', label: part.kindChat },
] as const;

/** Name, type and texts, and below them what changed. */
export function EditorTexts({
  draft,
  update,
  base,
  nameError,
}: EditorPartProps & { readonly nameError: string | undefined }) {
  const body = toBody(draft);
  return (
    <div className="min-w-0 flex-1 px-4 py-4">
      <div className="max-w-180 space-y-4">
        {base === undefined ? (
          <div className="flex items-start gap-3">
            <TextField
              className="min-w-0 flex-1"
              label={part.name}
              hint={part.nameHint}
              error={nameError}
              value={draft.name}
              mono
              onChange={(name) => update({ name })}
            />
            <SelectField
              className="w-28"
              label={part.kind}
              value={draft.type}
              options={kinds}
              onChange={(type) => update({ type })}
            />
          </div>
        ) : null}
        {draft.type === 'text' ? (
          <div>
            <p className="mb-1 text-xs text-muted">{part.text}</p>
            <CodeEditor
              label={part.text}
              language="text"
              minLines={12}
              value={draft.text}
              onChange={(text) => update({ text })}
            />
            <p className="mt-1 text-xs text-muted">{part.textHint}</p>
          </div>
        ) : (
          <ChatEditor parts={draft.parts} onChange={(parts) => update({ parts })} />
        )}
      </div>
      {base === undefined || body === undefined ? null : (
        <section className="mt-8 -mx-4 max-w-188" aria-label={part.changes(base.version)}>
          <h2 className="mb-2 px-4 text-xs text-muted">{part.changes(base.version)}</h2>
          <PromptDiff
            before={base}
            after={{
              type: draft.type,
              prompt: body.prompt,
              config: body.config,
            }}
          />
        </section>
      )}
    </div>
  );
}
