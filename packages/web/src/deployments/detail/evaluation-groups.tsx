import type { VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import { words } from '../messages.ts';
import { toDigits, toInterval } from '../numbers.ts';
import { Table, type TableColumn } from './section.tsx';

const names = words.card.evaluation;

/**
 * How two versions differ over all examples and in each group, with 95 % intervals: red where the version is worse,
 * amber where it is not shown that it is no worse than by the margin.
 */
export function EvaluationGroups({
  evaluation: { version, against, overall, groups, margin },
  brief = false,
}: {
  readonly evaluation: VersionEvaluation;
  /** Only the differences. */
  readonly brief?: boolean;
}) {
  const values: readonly TableColumn<VersionEvaluationGroup>[] = [
    {
      name: names.candidate(version),
      right: true,
      render: ({ candidate }) => toInterval(candidate),
    },
    ...(against === null
      ? []
      : [
          {
            name: names.candidate(against),
            right: true,
            render: ({ baseline }: VersionEvaluationGroup) => toInterval(baseline),
          },
        ]),
  ];
  const columns: readonly TableColumn<VersionEvaluationGroup>[] = [
    {
      name: names.group,
      // Breaks in a narrow window, where a number that is cut would be read as another one.
      render: ({ field, value }) => (
        <span className="max-sm:whitespace-normal">
          {field === '' ? names.all : `${field} ${value}`}
        </span>
      ),
    },
    ...(brief ? [] : values),
    {
      name: names.difference,
      right: true,
      render: ({ difference }) => (
        <span className={toTone(difference, margin)}>{toInterval(difference)}</span>
      ),
    },
    ...(brief
      ? []
      : [
          {
            name: names.p,
            right: true,
            render: ({ p }: VersionEvaluationGroup) => (p === null ? '–' : toDigits(p, 2)),
          },
        ]),
    { name: names.count, right: true, render: ({ count }) => count.toLocaleString('en') },
  ];
  return (
    <Table
      label={words.card.evaluations}
      columns={columns}
      rows={[overall, ...groups]}
      toKey={({ field, value }) => `${field} ${value}`}
      toMarks={({ field, value }) => ({ 'data-group': field === '' ? 'all' : `${field} ${value}` })}
    />
  );
}

function toTone(difference: VersionEvaluationGroup['difference'], margin: number) {
  if ((difference?.low ?? 0) > 0) return 'text-error';
  return (difference?.high ?? margin) >= margin ? 'text-warn' : undefined;
}
