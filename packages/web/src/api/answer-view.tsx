import { toBytes, toDuration, toText } from '../lib/format.ts';
import { CodeEditor } from '../ui/editor/code-editor.tsx';
import { Failure, Snippet } from '../ui/panels.tsx';
import { Amount, Status } from '../ui/value.tsx';
import { shownBytes, type Answer } from './call.ts';
import type { JsonSchema } from './document.ts';
import { words } from './messages.ts';

interface Call {
  readonly data: Answer | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
}

/** What the server answered: status, time, size, body; before that, the form the answer will have. */
export function AnswerView({
  call,
  schema,
}: {
  readonly call: Call;
  readonly schema: JsonSchema | undefined;
}) {
  const { data, error, isPending } = call;
  return (
    <section aria-label={words.answer} aria-live="polite" aria-busy={isPending}>
      {isPending ? <Status state="running" word={words.trying} /> : null}
      {error === null || isPending ? null : (
        <div className="-mx-4">
          <Failure title={words.noAnswer} error={error} />
        </div>
      )}
      {data === undefined || isPending ? null : <Body answer={data} />}
      {data === undefined && schema !== undefined ? (
        <details className="text-muted">
          <summary className="w-max rounded-sm py-1 pr-2">{words.schema}</summary>
          <Snippet className="mt-2" text={JSON.stringify(schema, null, 2)} label={words.schema} />
        </details>
      ) : null}
    </section>
  );
}

function Body({ answer }: { readonly answer: Answer }) {
  const { status, statusText, ms, bytes, text, isCut, isJson } = answer;
  const isGood = status < 400;
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1" data-answer={status}>
        <h2 className="font-medium">{words.answer}</h2>
        <Status state={isGood ? 'ok' : 'error'} word={`${status} ${statusText}`.trim()} />
        <span className="text-muted">
          {words.time} <Amount of={toDuration(ms)} className="text-fg" />
        </span>
        <span className="text-muted">
          {words.size} <Amount of={toBytes(bytes)} className="text-fg" />
        </span>
      </div>
      {text === '' ? (
        <p className="text-muted">{words.empty}</p>
      ) : (
        <CodeEditor
          label={words.answer}
          language={isJson && !isCut ? 'json' : 'text'}
          value={text}
          readOnly
        />
      )}
      {isCut ? (
        <p className="mt-1 text-xs text-muted">
          {words.cut(toText(toBytes(shownBytes)), toText(toBytes(bytes)))}
        </p>
      ) : null}
    </>
  );
}
