import { TextAreaField, TextField } from '../../../ui/form/fields.tsx';
import { JsonField } from '../../../ui/form/json-field.tsx';
import { words } from '../messages.ts';
import { findPlaceholders, findVariables } from '../prompt.ts';
import { toContent } from './draft.ts';
import type { EditorPartProps } from './editor-part.ts';

const part = words.editor;

/** What belongs to the version beside its texts, and the variables found while it is written. */
export function EditorAside({ draft, update }: EditorPartProps) {
  const content = toContent(draft);
  return (
    <div className="shrink-0 space-y-4 border-line px-4 py-4 max-lg:border-t lg:w-80 lg:border-l">
      <Found name={words.variables} names={findVariables(content)} />
      {draft.type === 'chat' ? (
        <Found name={words.placeholders} names={findPlaceholders(content).filter(Boolean)} />
      ) : null}
      <JsonField
        label={part.config}
        hint={part.configHint}
        value={draft.config}
        onChange={(config) => update({ config })}
      />
      <TextField
        label={part.labels}
        hint={part.labelsHint}
        value={draft.labels}
        onChange={(labels) => update({ labels })}
      />
      <TextField
        label={part.tags}
        hint={part.tagsHint}
        value={draft.tags}
        onChange={(tags) => update({ tags })}
      />
      <TextAreaField
        label={part.message}
        rows={2}
        value={draft.message}
        onChange={(message) => update({ message })}
      />
    </div>
  );
}

function Found({ name, names }: { readonly name: string; readonly names: readonly string[] }) {
  return (
    <div data-found={name}>
      <p className="mb-1 text-xs text-muted">{name}</p>
      <p className="flex min-h-6 flex-wrap items-center gap-1" role="status">
        {names.length === 0 ? <span className="text-faint">{part.noVariables}</span> : null}
        {names.map((one) => (
          <code key={one} className="rounded-sm bg-accent-soft px-1 font-mono text-xs text-accent">
            {one}
          </code>
        ))}
      </p>
    </div>
  );
}
