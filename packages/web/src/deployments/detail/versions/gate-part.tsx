import type { DeploymentGate } from '@coaia/client';
import { Status } from '../../../ui/value.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import { EvaluationGroups } from '../evaluation-groups.tsx';

const part = words.versions.gate;
const states = { passes: 'ok', refuses: 'error', unknown: 'warning' } as const;

/** What the gate says of a version: its verdict, why, and the difference in every group with its interval. */
export function GatePart({ gate }: { readonly gate: DeploymentGate }) {
  const { verdict, reasons, evaluation, version } = gate;
  return (
    <section aria-label={part.title} data-gate={verdict} className="space-y-2">
      <p className="flex items-baseline gap-2">
        <span className="font-medium">{part.title}</span>
        <Status state={states[verdict]} word={part.verdicts[verdict]} />
      </p>
      {evaluation === null ? (
        <p>
          {part.unknown} <code className="font-mono text-xs">{words.card.evaluate(version)}</code>
        </p>
      ) : (
        <>
          <ul className="list-disc space-y-1 pl-4">
            {reasons.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <div className="max-h-72 overflow-y-auto">
            <EvaluationGroups evaluation={evaluation} brief />
          </div>
          <p className="text-xs text-muted">
            {part.from(
              evaluation.metric,
              evaluation.examples.toLocaleString('en'),
              evaluation.source,
              evaluation.against ?? 0,
              toDigits(evaluation.margin),
            )}
          </p>
        </>
      )}
    </section>
  );
}
