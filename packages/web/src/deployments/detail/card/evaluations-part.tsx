import type { VersionEvaluation } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Status } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { toInterval } from '../../numbers.ts';
import { evaluationsQuery } from '../../queries.ts';
import { Section, Table, type TableColumn } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.card;
const names = part.evaluation;

const columns: readonly TableColumn<VersionEvaluation>[] = [
  {
    name: names.source,
    wrap: true,
    render: ({ source, examples }) => (
      <>
        {source} <span className="text-muted">{examples.toLocaleString('en')}</span>
      </>
    ),
  },
  { name: names.metric, render: ({ metric }) => metric },
  { name: names.value, right: true, render: ({ overall }) => toInterval(overall.candidate) },
  {
    name: names.against,
    render: ({ against }) => (against === null ? names.nothing : words.version(against)),
  },
  { name: names.difference, right: true, render: ({ overall }) => toInterval(overall.difference) },
  {
    name: names.verdict,
    render: ({ gate }) =>
      gate === null ? (
        <span className="text-muted">{names.noGate}</span>
      ) : (
        <span data-hint={gate.reasons.join(' ')}>
          <Status
            state={gate.passes ? 'ok' : 'error'}
            word={gate.passes ? names.passes : names.refused}
          />
        </span>
      ),
  },
];

/** How a version did on examples, newest first. */
export function EvaluationsPart({
  open: { view },
  version,
}: {
  readonly open: OpenDeployment;
  readonly version: number;
}) {
  const query = useQuery(evaluationsQuery(view.project, view.model));
  const own = (query.data ?? []).filter((one) => one.version === version);
  return (
    <Section title={part.evaluations}>
      {query.isError ? (
        <div className="-mx-4">
          <ErrorState title={part.reportFailed} error={query.error} />
        </div>
      ) : null}
      {query.data !== undefined && own.length === 0 ? (
        <p className="text-muted">
          {part.noEvaluations} <code className="font-mono text-xs">{part.evaluate(version)}</code>
        </p>
      ) : null}
      {own.length === 0 ? null : (
        <Table label={part.evaluations} columns={columns} rows={own} toKey={({ id }) => id} />
      )}
    </Section>
  );
}
