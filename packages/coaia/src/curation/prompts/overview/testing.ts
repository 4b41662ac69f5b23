/** For tests of the page of prompts: traces that used a prompt, with scores and a dataset run. */
import { createLocalObservability } from '#observability';
import type { Database } from '#store';
import { createDatasetItem } from '../../dataset-items/dataset-items.ts';
import { createDatasetRunItem } from '../../dataset-runs/dataset-runs.ts';
import { createDataset } from '../../datasets/datasets.ts';

const TIME = Date.UTC(2026, 2, 1);

interface Use {
  readonly trace: string;
  readonly version: number;
  readonly value: number;
  /** The score is on the observation and not on the whole trace. */
  readonly onObservation: boolean;
}

const USES: readonly Use[] = [
  { trace: 'use-1', version: 1, value: 1, onObservation: false },
  { trace: 'use-2', version: 1, value: 0, onObservation: true },
  { trace: 'use-3', version: 2, value: 0.25, onObservation: true },
];

/** Two traces with version 1 and one with version 2, each with a score; the first belongs to a run. */
export async function addPromptUses(db: Database, projectId: string, promptName: string) {
  const ports = { db, clock: () => TIME };
  const scope = { projectId, level: 'project', via: 'key' } as const;
  const timestamp = new Date(TIME).toISOString();
  const events = USES.flatMap(({ trace, version, value, onObservation }) => [
    { type: 'trace-create', body: { id: trace, timestamp } },
    {
      type: 'generation-create',
      body: {
        id: `${trace}-call`,
        traceId: trace,
        startTime: timestamp,
        promptName,
        promptVersion: version,
      },
    },
    {
      type: 'span-create',
      body: { id: `${trace}-other`, traceId: trace, startTime: timestamp },
    },
    {
      type: 'score-create',
      body: {
        traceId: trace,
        name: 'helpful',
        value,
        ...(onObservation ? { observationId: `${trace}-call` } : {}),
      },
    },
    // Of another observation of the trace: it says nothing about the prompt.
    {
      type: 'score-create',
      body: { traceId: trace, observationId: `${trace}-other`, name: 'helpful', value: 0.9 },
    },
  ]);
  await createLocalObservability(ports, scope).ingest(
    events.map((event, index) => ({ id: `event-${index}`, timestamp, ...event })),
  );
  await createDataset(ports, scope, { name: 'questions' });
  const item = await createDatasetItem(ports, scope, { datasetName: 'questions', input: 'Why?' });
  await createDatasetRunItem(ports, scope, {
    runName: 'first run',
    datasetItemId: item.id,
    traceId: 'use-1',
  });
}
