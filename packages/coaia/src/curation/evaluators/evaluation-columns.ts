/** How evaluations are shown in tables. */
import type { Evaluation } from '@coaia/client';

/** Columns of evaluations wherever they are listed. */
export const EVALUATION_COLUMNS = [
  { header: 'Status', value: ({ status }: Evaluation) => status },
  { header: 'Evaluator', value: (one: Evaluation) => one.evaluatorName ?? one.evaluatorId },
  { header: 'Trace', value: ({ traceId }: Evaluation) => traceId },
  {
    header: 'Observation',
    value: ({ observationId }: Evaluation) => observationId ?? '',
    drop: 3,
  },
  {
    header: 'Scores',
    value: ({ scoreIds }: Evaluation) => String(scoreIds.length),
    align: 'right',
    drop: 4,
  },
  { header: 'Error', value: ({ error }: Evaluation) => error?.code ?? '', drop: 1 },
  {
    header: 'Updated',
    value: ({ updatedAt }: Evaluation) => updatedAt.slice(0, 19),
    drop: 2,
  },
] as const;
