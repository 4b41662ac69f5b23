/** Two runs over one dataset whose sums can be counted by hand; for tests of comparisons. */
import type { Scope } from '#base';
import { createLocalObservability } from '#observability';
import type { CurationPorts } from '../../ports.ts';
import { createDatasetItem } from '../../dataset-items/dataset-items.ts';
import { createDatasetRunItem } from '../../dataset-runs/dataset-runs.ts';
import { createDataset } from '../../datasets/datasets.ts';

export const START = Date.UTC(2026, 4, 1);

const at = (milliseconds: number) => new Date(START + milliseconds).toISOString();

/** What one run does with one item. */
export interface SeedAnswer {
  readonly item: string;
  readonly output?: unknown;
  readonly cost?: number;
  readonly milliseconds?: number;
  readonly error?: string;
  readonly scores?: Readonly<Record<string, number | string | boolean>>;
}

/** The dataset `qa` with items `i01`, `i02`, ...; odd ones are `lang: fr`, even ones `lang: en`. */
export async function seedDataset(ports: CurationPorts, scope: Scope, count: number) {
  await createDataset(ports, scope, { name: 'qa' });
  for (let index = 1; index <= count; index++) {
    const id = `i${String(index).padStart(2, '0')}`;
    await createDatasetItem(ports, scope, {
      datasetName: 'qa',
      id,
      input: { question: id },
      expectedOutput: `answer ${id}`,
      metadata: { lang: index % 2 === 1 ? 'fr' : 'en', nr: index },
    });
  }
}

/** A run with a trace of its own per answer; returns its id. */
export async function seedRun(
  ports: CurationPorts,
  scope: Scope,
  runName: string,
  answers: readonly SeedAnswer[],
): Promise<string> {
  const events = answers.flatMap((answer) => toEvents(runName, answer));
  const { errors } = await createLocalObservability(ports, scope).ingest(events);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  let id = '';
  for (const { item } of answers) {
    const link = { runName, datasetItemId: item, traceId: `${runName}-${item}` };
    const { datasetRunId } = await createDatasetRunItem(ports, scope, link);
    id = datasetRunId;
  }
  return id;
}

function toEvents(run: string, answer: SeedAnswer) {
  const traceId = `${run}-${answer.item}`;
  const event = (type: string, id: string, body: object) => ({
    id: `${type}-${id}`,
    type,
    timestamp: at(0),
    body: { id, ...body },
  });
  return [
    event('trace-create', traceId, { timestamp: at(0), output: answer.output ?? `by ${run}` }),
    event('generation-create', `${traceId}-g`, {
      traceId,
      startTime: at(0),
      endTime: at(answer.milliseconds ?? 1000),
      promptName: 'answer',
      promptVersion: 3,
      ...(answer.cost === undefined ? {} : { costDetails: { total: answer.cost } }),
      ...(answer.error === undefined ? {} : { level: 'ERROR', statusMessage: answer.error }),
    }),
    ...Object.entries(answer.scores ?? {}).map(([name, value]) =>
      event('score-create', `${traceId}-${name}`, {
        traceId,
        name,
        value: typeof value === 'boolean' ? Number(value) : value,
        ...(typeof value === 'boolean' ? { dataType: 'BOOLEAN' } : {}),
      }),
    ),
  ];
}
