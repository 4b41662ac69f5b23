import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useShortcuts } from '../lib/keyboard.ts';
import { parseJsonText } from '../lib/json-text.ts';
import { Button } from '../ui/button.tsx';
import { CodeEditor } from '../ui/editor/code-editor.tsx';
import { CheckField } from '../ui/form/fields.tsx';
import { IconPlay } from '../ui/icons.ts';
import { Tag } from '../ui/value.tsx';
import { AnswerView } from './answer-view.tsx';
import { findMissing, sendCall, type Filling } from './call.ts';
import type { Operation } from './document.ts';
import { words } from './messages.ts';
import { MethodName } from './operation-list.tsx';
import { ParameterFields } from './parameter-fields.tsx';

interface ViewProps {
  readonly operation: Operation;
  readonly filling: Filling;
  readonly onChange: (filling: Filling) => void;
}

/** One operation: what it is, a form for it, and what the server answered. */
export function OperationView({ operation, filling, onChange }: ViewProps) {
  const [isSure, setSure] = useState(operation.method !== 'DELETE');
  const call = useCall(operation, filling);
  const missing = findMissing(operation, filling);
  const isBytes = operation.body === 'bytes';
  const isWrong = !parseJsonText(filling.body).ok;
  const isReady = missing.length === 0 && !isBytes && !isWrong && isSure;
  const send = () => {
    if (isReady && !call.isPending) call.mutate();
  };
  useShortcuts(operation.id, [{ keys: ['Mod+Enter'], label: words.keys.send, run: send }]);
  return (
    <div className="max-w-240 space-y-6 p-4 md:px-6" data-open-operation={operation.id}>
      <Head operation={operation} />
      <Fields operation={operation} filling={filling} onChange={onChange} onSend={send} />
      <div className="flex flex-wrap items-center gap-3">
        <Button tone="primary" disabled={!isReady || call.isPending} onClick={send}>
          <IconPlay size={14} />
          {words.tryIt}
        </Button>
        {call.isPending ? <Button onClick={call.stop}>{words.stop}</Button> : null}
        <Notes operation={operation} missing={missing} />
        {operation.method === 'DELETE' ? (
          <CheckField label={words.confirmDelete} checked={isSure} onChange={setSure} />
        ) : null}
      </div>
      <AnswerView call={call} schema={operation.answer} />
    </div>
  );
}

function useCall(operation: Operation, filling: Filling) {
  const stop = useRef<AbortController>(undefined);
  const call = useMutation({
    mutationFn: () => {
      stop.current = new AbortController();
      return sendCall(operation, filling, stop.current.signal);
    },
  });
  return { ...call, stop: () => stop.current?.abort() };
}

function Head({ operation }: { readonly operation: Operation }) {
  return (
    <div>
      <p className="flex flex-wrap items-baseline">
        <MethodName method={operation.method} />
        <span className="font-mono break-all">{operation.path}</span>
      </p>
      <p className="mt-2 max-w-180 text-pretty">{operation.summary}</p>
      <p className="mt-2 flex flex-wrap gap-2">
        {operation.permission === undefined ? null : (
          <Tag>{words.permission(operation.permission)}</Tag>
        )}
        {operation.access === 'open' ? <Tag>{words.open}</Tag> : null}
        {operation.access === 'organization' ? (
          <span className="text-xs text-muted">{words.organization}</span>
        ) : null}
      </p>
    </div>
  );
}

function Notes({
  operation,
  missing,
}: {
  readonly operation: Operation;
  readonly missing: readonly string[];
}) {
  if (missing.length > 0)
    return <span className="text-muted">{words.required(missing.join(', '))}</span>;
  return operation.method === 'GET' ? null : <span className="text-muted">{words.changes}</span>;
}

function Fields({
  operation,
  filling,
  onChange,
  onSend,
}: ViewProps & { readonly onSend: () => void }) {
  const { parameters, body } = operation;
  const change = (name: string, value: string) =>
    onChange({ ...filling, values: { ...filling.values, [name]: value } });
  const fields = (place: 'path' | 'query') => (
    <ParameterFields
      title={place === 'path' ? words.path : words.query}
      parameters={parameters.filter((one) => one.in === place)}
      values={filling.values}
      onChange={change}
    />
  );
  return (
    <form
      className="space-y-6"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {fields('path')}
      {fields('query')}
      {body === 'bytes' ? <p className="text-muted">{words.bytes}</p> : null}
      {body === undefined || body === 'bytes' ? null : (
        <Body
          text={filling.body}
          onChange={(next) => onChange({ ...filling, body: next })}
          onSend={onSend}
        />
      )}
      {parameters.length === 0 && body === undefined ? (
        <p className="text-muted">{words.noParameters}</p>
      ) : null}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}

function Body({
  text,
  onChange,
  onSend,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onSend: () => void;
}) {
  const reading = parseJsonText(text);
  return (
    <section>
      <h2 className="mb-2 font-medium">{words.body}</h2>
      <CodeEditor
        label={words.body}
        language="json"
        value={text}
        minLines={6}
        invalid={!reading.ok}
        onChange={onChange}
        onSubmit={onSend}
      />
      <p
        role={reading.ok ? undefined : 'status'}
        className={`mt-1 text-xs ${reading.ok ? 'text-muted' : 'text-error'}`}
      >
        {reading.ok ? words.bodyHint : reading.message}
      </p>
    </section>
  );
}
