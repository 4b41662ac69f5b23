import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { toCost, toCount, toDuration } from '../../lib/format.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { Amount, Id, Status, Tag, Time } from '../../ui/value.tsx';
import { toScoreText, toTraceState } from '../traces/trace-row.ts';
import { words } from './messages.ts';
import type { TraceTreeAnswer } from './node.ts';
import type { TraceTree } from './tree.ts';

function Fact({
  label,
  silent = false,
  children,
}: {
  readonly label: string;
  /** The label is heard, not seen. */
  readonly silent?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className={silent ? 'sr-only' : 'text-xs text-muted'}>{label}</dt>
      <dd className="flex items-center">{children}</dd>
    </div>
  );
}

/** The trace in one line: how it ended, how long, how much, whose. */
export function TraceSummary({
  project,
  answer,
  tree,
}: {
  readonly project: string;
  readonly answer: TraceTreeAnswer;
  readonly tree: TraceTree;
}) {
  const { trace } = answer;
  return (
    <dl
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-5 gap-y-0.5 border-b border-line px-3 py-1.5"
      data-summary="trace"
    >
      <Fact label={words.status} silent>
        <Status state={toTraceState(trace)} />
      </Fact>
      <Fact label={words.duration}>
        <Amount
          of={toDuration(trace.running ? tree.durationMs : trace.latencyMs)}
          className="font-medium"
        />
      </Fact>
      <Fact label={words.cost}>
        <Amount of={toCost(trace.totalCost)} className="font-medium" />
      </Fact>
      <Fact label={words.tokens}>
        <Amount of={toCount(trace.totalTokens)} className="font-medium" />
      </Fact>
      <Fact label={words.spans}>
        <Amount of={toCount(trace.observationCount)} />
      </Fact>
      {trace.errorCount === 0 ? null : (
        <Fact label={words.errors}>
          <Amount of={toCount(trace.errorCount)} className="text-error" />
        </Fact>
      )}
      <Fact label={words.started}>
        <Time iso={trace.timestamp} />
      </Fact>
      <Belonging project={project} trace={trace} />
      <Labels answer={answer} />
    </dl>
  );
}

function Belonging({
  project,
  trace,
}: {
  readonly project: string;
  readonly trace: TraceTreeAnswer['trace'];
}) {
  return (
    <>
      {trace.sessionId === null ? null : (
        <Fact label={words.session}>
          <Link
            to="/p/$project/sessions/$sessionId"
            params={{ project, sessionId: trace.sessionId }}
            className="max-w-40 truncate text-accent underline-offset-2 hover:underline"
          >
            {trace.sessionId}
          </Link>
        </Fact>
      )}
      {trace.userId === null ? null : <Fact label={words.user}>{trace.userId}</Fact>}
      <Fact label={words.environment}>{trace.environment}</Fact>
      <Fact label={words.id}>
        <Id id={trace.id} />
      </Fact>
    </>
  );
}

function Labels({ answer: { trace, scores } }: { readonly answer: TraceTreeAnswer }) {
  const onTrace = scores.filter((score) => score.observationId === null);
  const labels = [...new Set([...(trace.sample ? [uiWords.sample] : []), ...trace.tags])];
  if (labels.length + onTrace.length === 0) return null;
  return (
    <Fact label={words.tags} silent>
      <span className="flex flex-wrap gap-1">
        {labels.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
        {onTrace.map((score) => (
          <Tag key={score.id}>{toScoreText(score)}</Tag>
        ))}
      </span>
    </Fact>
  );
}
