/** A dataset with three runs over it, as a team that answers support questions might have. */
import type { Workbench } from './workbench.ts';

const TOPICS = ['billing', 'shipping', 'returns', 'account'] as const;
const QUESTIONS = [
  'How do I change the card that is charged each month?',
  'My parcel has been in Lyon since Monday. When will it arrive?',
  'Can I return shoes that I wore once, and who pays for the parcel?',
  'I cannot sign in after changing my phone. What should I do?',
];

interface Run {
  readonly name: string;
  readonly version: number;
  /** Share of items that are answered rightly, by a fixed pattern. */
  readonly right: (index: number) => boolean;
  readonly rating: (index: number) => number;
  readonly milliseconds: (index: number) => number;
  readonly cost: number;
}

const RUNS: readonly Run[] = [
  {
    name: 'baseline-small',
    version: 3,
    right: (index) => index % 2 === 0,
    rating: (index) => 0.5 + (index % 7) * 0.05,
    milliseconds: (index) => 820 + (index % 5) * 90,
    cost: 0.0008,
  },
  {
    name: 'longer-context',
    version: 4,
    right: (index) => index % 8 !== 3,
    rating: (index) => 0.6 + (index % 9) * 0.04,
    milliseconds: (index) => 1290 + (index % 6) * 110,
    cost: 0.0021,
  },
  {
    name: 'large-model',
    version: 4,
    right: (index) => index % 6 !== 2,
    rating: (index) => 0.58 + (index % 5) * 0.07,
    milliseconds: (index) => 2400 + (index % 4) * 240,
    cost: 0.0124,
  },
];

const toDay = (milliseconds: number) => new Date(Date.UTC(2026, 4, 4) + milliseconds).toISOString();

/** Makes `support/questions` with `count` items and its three runs; the last item of the last run failed. */
export async function seedExperiments(bench: Workbench, count = 40): Promise<void> {
  await bench.send('POST', '/api/public/v2/datasets', {
    name: 'support/questions',
    description: 'Questions of customers with the answers of the team',
  });
  await bench.send('POST', '/api/public/v2/datasets', { name: 'support/refusals' });
  await bench.send('POST', '/api/public/v2/datasets', { name: 'capitals' });
  await bench.send('POST', '/api/v1/projects/default/dataset-imports', {
    datasetName: 'support/questions',
    items: Array.from({ length: count }, (_, index) => toItem(index)),
  });
  for (const version of [1, 2, 3, 4]) {
    await bench.send('POST', '/api/public/v2/prompts', {
      name: 'answer-question',
      prompt: `Answer briefly, version ${version}: {{question}}`,
      labels: version === 3 ? ['production'] : [],
    });
  }
  for (const [place, run] of RUNS.entries()) await seedRun(bench, run, place, count);
}

const toId = (index: number) => `question-${String(index + 1).padStart(3, '0')}`;

function toItem(index: number) {
  const topic = TOPICS[index % 4];
  return {
    id: toId(index),
    input: {
      question: `${QUESTIONS[index % 4]} (${index + 1})`,
      locale: index % 3 === 0 ? 'fr' : 'en',
    },
    expectedOutput: `The answer of the team about ${topic}, number ${index + 1}.`,
    metadata: { topic, locale: index % 3 === 0 ? 'fr' : 'en' },
  };
}

async function seedRun(bench: Workbench, run: Run, place: number, count: number): Promise<void> {
  const start = place * 86_400_000;
  // The last run did not get to the last two items.
  const items = Array.from({ length: place === 2 ? count - 2 : count }, (_, index) => index);
  const batch = items.flatMap((index) => toEvents(run, index, start));
  for (let first = 0; first < batch.length; first += 200)
    await bench.send('POST', '/api/public/ingestion', { batch: batch.slice(first, first + 200) });
  for (const index of items) {
    await bench.send('POST', '/api/public/dataset-run-items', {
      runName: run.name,
      runDescription: `answer-question v${run.version}`,
      datasetItemId: toId(index),
      traceId: `${run.name}-${index}`,
      createdAt: toDay(start + index * 1000),
    });
  }
}

function toEvents(run: Run, index: number, start: number) {
  const traceId = `${run.name}-${index}`;
  const isFailed = run.name === 'large-model' && index === 37;
  const at = start + index * 1000;
  const event = (type: string, body: { readonly id: string }) => ({
    id: `${type}-${body.id}`,
    type,
    timestamp: toDay(at),
    body,
  });
  const { question } = toItem(index).input;
  const output = run.right(index)
    ? `You can do that in your account. ${run.name === 'baseline-small' ? '' : 'Open Settings, then Orders, and choose the parcel. '}It takes about ${index + 2} minutes.`
    : 'I am sorry, I do not have enough information to answer this.';
  return [
    event('trace-create', {
      id: traceId,
      name: 'answer',
      timestamp: toDay(at),
      input: { question },
      ...(isFailed ? {} : { output }),
    } as never),
    event('generation-create', {
      id: `${traceId}-g`,
      traceId,
      name: 'chat',
      startTime: toDay(at),
      endTime: toDay(at + run.milliseconds(index)),
      promptName: 'answer-question',
      promptVersion: run.version,
      input: [{ role: 'user', content: question }],
      ...(isFailed
        ? { level: 'ERROR', statusMessage: 'The provider answered 529: overloaded' }
        : { output, costDetails: { total: run.cost * (1 + (index % 4) * 0.1) } }),
    } as never),
    ...(isFailed
      ? []
      : [
          event('score-create', {
            id: `${traceId}-correct`,
            traceId,
            name: 'correct',
            value: run.right(index) ? 1 : 0,
            dataType: 'BOOLEAN',
          } as never),
          event('score-create', {
            id: `${traceId}-rating`,
            traceId,
            name: 'helpfulness',
            value: run.rating(index),
          } as never),
        ]),
  ];
}
