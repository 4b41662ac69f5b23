import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlaygroundAnswer, PlaygroundFailure, SchemaCheck } from '@coaia/client';
import { toCost, toCount, toDuration, toText } from '../../lib/format.ts';
import { writeClipboard } from '../../lib/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { IconCopy } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { Amount, Status } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { isOpen, type Run } from './runs.ts';

/** One answer: text as it arrives, calls of tools, and what it took. */
export function RunView({
  project,
  run,
  label,
}: {
  readonly project: string;
  readonly run: Run;
  readonly label?: string;
}) {
  const { answer, failure, status } = run;
  const check = answer?.check ?? null;
  return (
    <article
      className="border-b border-line last:border-b-0"
      data-run={status}
      aria-busy={isOpen(run)}
    >
      {label === undefined ? null : <p className="px-3 pt-2 text-xs text-muted">{label}</p>}
      <Words run={run} />
      <Calls run={run} />
      {failure === undefined ? null : <Fault failure={failure} />}
      {check === null ? null : <Check check={check} />}
      <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pt-0.5 pb-2 text-xs">
        {status === 'done' ? null : <StatusWord status={status} />}
        {answer === undefined ? null : <Facts answer={answer} />}
        <TraceLink project={project} traceId={(answer ?? failure)?.traceId ?? null} />
      </footer>
    </article>
  );
}

function Words({ run }: { readonly run: Run }) {
  const { text } = run;
  if (text === '') return null;
  return (
    <div className="group relative px-3 py-2.5">
      <p className="leading-normal break-words whitespace-pre-wrap" data-output="">
        {text}
      </p>
      {isOpen(run) ? null : (
        <Button
          tone="ghost"
          square
          label={uiWords.copy}
          className="absolute top-1.5 right-1.5 bg-surface opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
          onClick={() => void writeClipboard(text, uiWords.copied)}
        >
          <IconCopy size={14} />
        </Button>
      )}
    </div>
  );
}

function Calls({ run: { answer, tools } }: { readonly run: Run }) {
  const calls = answer === undefined ? tools : answer.toolCalls.map(({ function: named }) => named);
  return calls.map((tool, index) => (
    <div key={index} className="px-3 py-2">
      <p className="text-xs text-muted">{words.toolCall(tool.name)}</p>
      <pre className="mt-1 font-mono text-xs break-words whitespace-pre-wrap">{tool.arguments}</pre>
    </div>
  ));
}

function Fault({ failure: { code, hint, message } }: { readonly failure: PlaygroundFailure }) {
  return (
    <div role="alert" className="my-1 border-l-2 border-l-error px-3 py-1">
      <p className="break-words">{message}</p>
      {hint === null ? null : <p className="mt-1 font-mono text-xs break-words">{hint}</p>}
      <p className="mt-1 font-mono text-xs text-muted">{code}</p>
    </div>
  );
}

function TraceLink({
  project,
  traceId,
}: {
  readonly project: string;
  readonly traceId: string | null;
}) {
  if (traceId === null) return null;
  return (
    <Link
      to="/p/$project/traces/$traceId"
      params={{ project, traceId }}
      className="inline-flex h-6 items-center text-accent hover:underline"
    >
      {words.openTrace}
    </Link>
  );
}

function StatusWord({ status }: { readonly status: Exclude<Run['status'], 'done'> }) {
  if (status === 'failed') return <Status state="error" />;
  if (status === 'stopped') return <Status state="warning" word={words.stopped} />;
  return status === 'waiting' ? (
    <Status state="running" word={words.waiting} />
  ) : (
    <Status state="running" />
  );
}

function Facts({ answer }: { readonly answer: PlaygroundAnswer }) {
  const { cost, finishReason, latencyMs, timeToFirstTokenMs, usage } = answer;
  const count = (value: number | null) => (value === null ? words.unknown : toText(toCount(value)));
  return (
    <>
      <Fact label={words.latency}>
        <Amount of={toDuration(latencyMs)} />
      </Fact>
      {timeToFirstTokenMs === null ? null : (
        <Fact label={words.firstToken}>
          <Amount of={toDuration(timeToFirstTokenMs)} />
        </Fact>
      )}
      <Fact label={words.tokens}>
        {usage === null ? words.unknown : words.tokensOf(count(usage.input), count(usage.output))}
      </Fact>
      <Fact label={words.cost}>{cost === null ? words.unknown : <Amount of={toCost(cost)} />}</Fact>
      {finishReason === null || finishReason === 'stop' ? null : (
        <Fact label={words.ended}>{finishReason}</Fact>
      )}
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className="tnum inline-flex gap-1.5">
      <span className="text-muted">{label}</span>
      {children}
    </span>
  );
}

function Check({ check: { isValid, problems } }: { readonly check: SchemaCheck }) {
  return (
    <div className="px-3 pb-1 text-xs" data-check={isValid ? 'valid' : 'invalid'}>
      <Status state={isValid ? 'ok' : 'error'} word={isValid ? words.valid : words.invalid} />
      {problems.length === 0 ? null : (
        <ul className="mt-1 list-disc pl-5 break-words text-muted">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
