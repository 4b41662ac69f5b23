import type { VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import { words } from '../messages.ts';
import { toDigits, toInterval } from '../numbers.ts';
import { Table, type TableColumn } from './section.tsx';

const names = words.card.evaluation;

/** How two versions differ over all examples and in each group, with 95 % intervals; worse ones in red. */
export function EvaluationGroups({
  evaluation: { version, against, overall, groups },
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
      render: ({ field, value }) => (field === '' ? names.all : `${field} ${value}`),
    },
    ...(brief ? [] : values),
    {
      name: names.difference,
      right: true,
      render: ({ difference }) => (
        <span className={(difference?.low ?? 0) > 0 ? 'text-error' : undefined}>
          {toInterval(difference)}
        </span>
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
