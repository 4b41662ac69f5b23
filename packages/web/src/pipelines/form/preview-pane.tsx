import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { TypeIcon } from '../../observability/trace/type-icon.tsx';
import { toClass } from '../../ui/class-names.ts';
import { SkeletonRows } from '../../ui/panels.tsx';
import { ErrorState } from '../../ui/page/error-state.tsx';
import { toKnownType } from '../graph/known-type.ts';
import { words } from '../messages.ts';
import type { PipelinePreview, PreviewStep } from '../pipeline.ts';
import { previewQuery, type PipelineChoice } from '../queries.ts';

const part = words.preview;

/** What a run with these values would do: names as they will be, which steps stay, what goes in. */
export function PreviewPane({
  project,
  choice,
  variables,
  ready,
}: {
  readonly project: string;
  readonly choice: PipelineChoice;
  readonly variables: Readonly<Record<string, unknown>>;
  /** False while needed values are missing. */
  readonly ready: boolean;
}) {
  const asked = useLate(JSON.stringify([choice, variables, ready]));
  const [wanted, values, complete] = JSON.parse(asked) as [
    PipelineChoice,
    Record<string, unknown>,
    boolean,
  ];
  const query = useQuery({
    ...previewQuery(project, wanted, values),
    enabled: ready && complete,
    placeholderData: keepPreviousData,
  });
  return (
    <section
      aria-label={part.title}
      className="min-h-0 min-w-0 flex-1 overflow-y-auto border-line max-md:border-t md:border-l"
      tabIndex={0}
      data-preview={ready && query.isSuccess}
    >
      <div className="flex h-10 items-center gap-3 px-4">
        <h2 className="font-medium">{part.title}</h2>
        {query.data === undefined || !ready ? null : (
          <span className="tnum text-xs text-muted">{toCount(query.data)}</span>
        )}
      </div>
      <Body query={query} ready={ready} />
    </section>
  );
}

function Body({
  query,
  ready,
}: {
  readonly query: { readonly data?: PipelinePreview | undefined; readonly error: unknown };
  readonly ready: boolean;
}) {
  if (!ready) return <p className="px-4 text-muted">{part.waiting}</p>;
  if (query.error !== null) return <ErrorState title={part.failed} error={query.error} />;
  if (query.data === undefined) return <SkeletonRows rows={5} height="44px" />;
  const { trace, steps, warnings } = query.data;
  return (
    <>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-y-1 px-4 pb-3">
        <Fact name={part.trace} value={trace.name} />
        <Fact name={part.user} value={trace.userId} />
        <Fact name={part.session} value={trace.sessionId} />
      </dl>
      {warnings.map((warning) => (
        <p key={warning} className="px-4 pb-2 text-xs text-warn">
          {warning}
        </p>
      ))}
      <ol className="border-t border-line">
        {steps.map((step) => (
          <StepLine key={step.id} step={step} depth={toDepth(step, steps)} />
        ))}
      </ol>
    </>
  );
}

function Fact({
  name,
  value,
}: {
  readonly name: string;
  readonly value?: string | null | undefined;
}) {
  if (value === undefined || value === null || value === '') return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="truncate">{value}</dd>
    </>
  );
}

function StepLine({ step, depth }: { readonly step: PreviewStep; readonly depth: number }) {
  return (
    <li
      className={toClass('row-line py-2 pr-4', !step.kept && 'bg-surface')}
      style={{ paddingLeft: 16 + depth * 16 }}
      data-preview-step={step.id}
      data-kept={step.kept}
    >
      <span className="flex items-center gap-2">
        {step.type === null ? null : <TypeIcon type={toKnownType(step.type)} />}
        <span
          className={toClass(
            'min-w-0 truncate',
            step.kept ? 'font-medium' : 'text-muted line-through',
          )}
        >
          {step.name}
        </span>
        <span className="ml-auto shrink-0 text-xs text-muted">
          {step.kept ? (step.action ?? words.graph.records) : part.dropped}
        </span>
      </span>
      {step.kept ? (
        <>
          <Content name={part.input} value={step.input} />
          <Content name={part.with} value={step.with} />
        </>
      ) : null}
    </li>
  );
}

function Content({ name, value }: { readonly name: string; readonly value: unknown }): ReactNode {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  if (text === '' || text === '{}') return null;
  return (
    <div className="mt-1 flex gap-3 pl-6 text-xs">
      <span className="w-8 shrink-0 text-muted">{name}</span>
      <pre className="max-h-40 min-w-0 flex-1 overflow-auto font-mono break-words whitespace-pre-wrap">
        {text}
      </pre>
    </div>
  );
}

function toCount({ steps }: PipelinePreview): string {
  return part.kept(steps.filter(({ kept }) => kept).length, steps.length);
}

// At most eight levels, so that a circle of parents ends too.
function toDepth(step: PreviewStep, steps: readonly PreviewStep[], level = 0): number {
  const above = steps.find(({ id, name }) => id === step.parent || name === step.parent);
  return step.parent === null || above === undefined || level > 8
    ? 0
    : 1 + toDepth(above, steps, level + 1);
}

/** The text as it was a moment ago, so that not every key asks the server. */
function useLate(text: string): string {
  const [late, setLate] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLate(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return late;
}
