import { useState } from 'react';
import { parseDocument, stringify } from 'yaml';
import { CodeEditor } from '../../ui/editor/code-editor.tsx';
import { words } from '../messages.ts';

/** What is given to an action, as YAML (JSON is understood too). It counts whenever it can be read. */
export function WithField({
  value,
  onChange,
}: {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const [text, setText] = useState(() => toYaml(value));
  const [told, setTold] = useState(() => JSON.stringify(value));
  const now = JSON.stringify(value);
  if (told !== now) {
    setTold(now);
    // What was typed here stays as it was typed; what came from elsewhere is written anew.
    if (now !== JSON.stringify(parse(text).value)) setText(toYaml(value));
  }
  const { fault } = parse(text);
  return (
    <div>
      <p className="mb-1 text-xs text-muted">{words.panel.with}</p>
      <CodeEditor
        label={words.panel.with}
        language="yaml"
        minLines={3}
        value={text}
        invalid={fault !== undefined}
        onChange={(typed) => {
          setText(typed);
          const read = parse(typed);
          if (read.fault === undefined && JSON.stringify(read.value) !== now) onChange(read.value);
        }}
      />
      {fault === undefined ? null : (
        <p role="status" className="mt-1 text-xs text-error">
          {fault}
        </p>
      )}
    </div>
  );
}

function toYaml(value: unknown): string {
  return value === undefined || value === null ? '' : stringify(value, { lineWidth: 0 });
}

function parse(text: string): { readonly value?: unknown; readonly fault?: string } {
  if (text.trim() === '') return { value: undefined };
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error === undefined) return { value: document.toJS() as unknown };
  return { fault: error.message.split('\n')[0] ?? '' };
}
