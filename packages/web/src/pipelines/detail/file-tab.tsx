import { useMemo, useState } from 'react';
import { CodeEditor } from '../../ui/editor/code-editor.tsx';
import { words } from '../messages.ts';
import type { PipelineProblem } from '../pipeline.ts';
import type { OpenPipeline, PipelineView } from './use-pipeline.ts';

/** The text itself with line numbers; what is wrong stands at its line and in a list that leads there. */
export function FileTab({ open: { view } }: { readonly open: OpenPipeline }) {
  const { source, reading } = view;
  const [place, setPlace] = useState<{ readonly line: number }>();
  const problems = useMemo(
    () => toProblems(view.problems.list, reading),
    [view.problems.list, reading],
  );
  const marks = useMemo(
    () => problems.flatMap(({ line, severity }) => (line === null ? [] : [{ line, severity }])),
    [problems],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto p-3" data-file={source.format}>
        <CodeEditor
          label={`${view.name}.${source.format}`}
          language={source.format}
          whole
          minLines={20}
          value={source.text}
          marks={marks}
          place={place}
          invalid={problems.some(({ severity }) => severity === 'error')}
          onChange={view.edit}
        />
      </div>
      <ProblemList
        problems={problems}
        checking={view.problems.checking}
        onGo={(line) => setPlace({ line })}
      />
    </div>
  );
}

// A text that cannot be read at all is told by this page itself while the server is asked.
function toProblems(
  told: readonly PipelineProblem[],
  reading: PipelineView['reading'],
): readonly PipelineProblem[] {
  if (reading.ok || told.some(({ severity }) => severity === 'error')) return told;
  return [
    { severity: 'error', code: '', path: '', message: reading.message, line: reading.line },
    ...told,
  ];
}

function ProblemList({
  problems,
  checking,
  onGo,
}: {
  readonly problems: readonly PipelineProblem[];
  readonly checking: boolean;
  readonly onGo: (line: number) => void;
}) {
  return (
    <section
      aria-label={words.edit.problemList}
      className="max-h-44 shrink-0 overflow-y-auto border-t border-line px-3 py-1.5"
      data-problems={problems.length}
    >
      <p role="status" className="flex h-6 items-center text-xs text-muted">
        {problems.length === 0
          ? checking
            ? words.edit.checking
            : words.edit.noProblems
          : words.edit.problems(problems.length)}
      </p>
      <ul>
        {problems.map((problem, at) => (
          <li key={at}>
            <button
              type="button"
              className="flex min-h-6 w-full items-baseline gap-3 rounded-sm text-left hover:bg-hover focus-visible:-outline-offset-2"
              onClick={() => onGo(problem.line ?? 1)}
            >
              <span className="tnum w-16 shrink-0 text-xs text-muted">
                {words.edit.goToLine(problem.line ?? 1)}
              </span>
              <span className={problem.severity === 'error' ? 'text-error' : 'text-warn'}>
                {problem.message}
              </span>
              <span className="font-mono text-xs text-faint">{problem.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
