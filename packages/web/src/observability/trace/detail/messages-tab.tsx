import type { Observation, Trace } from '@coaia/client';
import { useMemo, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { words } from '../messages.ts';
import { usePaneLabel } from '../pane-name.ts';
import { BlockView } from './block-view.tsx';
import { JsonTree } from './json-tree.tsx';
import type { Message } from './message.ts';
import { LongText } from './long-text.tsx';
import { parseMessages } from './parse-messages.ts';
import { parseLoose } from './parse-block.ts';

const isThere = (value: unknown) => value !== null && value !== undefined;

/** Input and output as a reader wants them: a conversation, text, or a JSON tree. */
export function MessagesTab({
  subject,
  running,
}: {
  readonly subject: Observation | Trace;
  readonly running: boolean;
}) {
  const hasInput = isThere(subject.input);
  const hasOutput = isThere(subject.output);
  return (
    <div className="p-3">
      <StatusMessage subject={subject} />
      {hasInput ? <Part label={words.input} value={subject.input} /> : null}
      {hasOutput ? <Part label={words.output} value={subject.output} /> : null}
      {hasOutput || !running ? null : <p className="pulse text-muted">{words.noOutputYet}</p>}
      {hasInput || hasOutput || running ? null : <p className="text-muted">{words.nothing}</p>}
    </div>
  );
}

function StatusMessage({ subject }: { readonly subject: Observation | Trace }) {
  const status = 'statusMessage' in subject ? subject.statusMessage : null;
  if (status === null || status === '') return null;
  const failed = 'level' in subject && subject.level === 'ERROR';
  return (
    <p
      className={`mb-3 border-l-2 pl-2.5 ${failed ? 'border-error text-error' : 'border-line-strong text-muted'}`}
    >
      <span className="sr-only">{words.status}: </span>
      {status}
    </p>
  );
}

function Part({ label, value }: { readonly label: string; readonly value: unknown }) {
  const messages = useMemo(() => parseMessages(value), [value]);
  const region = usePaneLabel(label);
  return (
    <section className="mb-4" aria-label={region}>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{label}</h3>
      {messages === undefined ? <PlainValue value={value} /> : <Conversation messages={messages} />}
    </section>
  );
}

function PlainValue({ value }: { readonly value: unknown }) {
  const loose = parseLoose(value);
  if (typeof loose === 'string') return <LongText text={loose} />;
  return <JsonTree value={loose} label={words.jsonLabel} className="max-h-120" />;
}

// A long conversation shows its head and its end; the middle is one click away.
const head = 3;
const tail = 5;

function Conversation({ messages }: { readonly messages: readonly Message[] }) {
  const [all, setAll] = useState(false);
  const hidden = messages.length - head - tail;
  if (all || hidden < 3)
    return messages.map((message, index) => <MessageView key={index} message={message} />);
  return (
    <>
      {messages.slice(0, head).map((message, index) => (
        <MessageView key={index} message={message} />
      ))}
      <Button tone="ghost" className="my-1" onClick={() => setAll(true)}>
        {words.showMoreMessages(hidden)}
      </Button>
      {messages.slice(-tail).map((message, index) => (
        <MessageView key={index + head} message={message} />
      ))}
    </>
  );
}

const hues: Readonly<Record<string, string>> = {
  user: 'slate',
  assistant: 'indigo',
  tool: 'amber',
};

/** One turn: its role, then its parts. */
export function MessageView({ message }: { readonly message: Message }) {
  return (
    <div
      className="mb-2 border-l-2 border-l-hue py-0.5 pl-3"
      data-hue={hues[message.role] ?? 'grey'}
      data-role={message.role}
    >
      <p className="text-xs text-muted">
        {message.role}
        {message.name === undefined ? '' : ` ${message.name}`}
      </p>
      <div className="space-y-2">
        {message.blocks.map((block, index) => (
          <BlockView key={index} block={block} />
        ))}
      </div>
    </div>
  );
}
