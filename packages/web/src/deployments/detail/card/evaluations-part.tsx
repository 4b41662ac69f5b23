import type { VersionEvaluation } from '@coaia/client';
import { useQuery } from '@tanstack/react-query';
import { toAbsolute } from '../../../lib/time.ts';
import { ErrorState } from '../../../ui/page/error-state.tsx';
import { Status } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { evaluationsQuery } from '../../queries.ts';
import { EvaluationGroups } from '../evaluation-groups.tsx';
import { Section } from '../section.tsx';
import type { OpenDeployment } from '../use-deployment.ts';

const part = words.card;
const names = part.evaluation;
/** More would bury the rest of the card; `ao eval` and the API keep all. */
const MOST_SHOWN = 3;

/** How a version did on examples, over all and in each group, newest first. */
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
      <div className="space-y-4">
        {own.slice(0, MOST_SHOWN).map((one) => (
          <Evaluation key={one.id} evaluation={one} />
        ))}
      </div>
    </Section>
  );
}

function Evaluation({ evaluation }: { readonly evaluation: VersionEvaluation }) {
  const { metric, examples, source, gate, power, failed, createdAt } = evaluation;
  return (
    <section aria-label={names.of(toAbsolute(createdAt, true))} data-evaluation={evaluation.id}>
      <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-muted">{names.about(metric, examples, source)}</span>
        {gate === null ? (
          <span className="text-muted">{names.noGate}</span>
        ) : (
          <Status
            state={gate.passes ? 'ok' : 'error'}
            word={gate.passes ? names.passes : names.refused}
          />
        )}
      </p>
      <EvaluationGroups evaluation={evaluation} />
      <p className="mt-1 text-xs text-muted">
        {failed.candidate + failed.baseline === 0
          ? ''
          : names.failed(failed.candidate, failed.baseline)}{' '}
        {power}
      </p>
    </section>
  );
}
