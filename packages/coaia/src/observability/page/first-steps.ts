/** The first steps a new user sees; each is ticked when the thing has really happened. */
import { toIso } from '#base';
import type { Scope } from '#base';
import { SAMPLE_ENVIRONMENT } from '../filter/trace-fields.ts';
import type { ObservabilityPorts } from '../ports.ts';

export interface FirstStep {
  readonly id: 'server' | 'trace' | 'prompt' | 'pipeline' | 'dataset';
  readonly done: boolean;
  /** When it happened first, ISO 8601; null while it has not. */
  readonly at: string | null;
  readonly title: string;
  /** A line that does it when pasted. */
  readonly command: string;
}

const STEPS: readonly Omit<FirstStep, 'done' | 'at'>[] = [
  { id: 'server', title: 'Start the workbench', command: 'coaia up' },
  {
    id: 'trace',
    title: 'Record any command as a trace',
    command: 'coaia trace --name hello -- echo hello',
  },
  {
    id: 'prompt',
    title: 'Write a prompt',
    command: "coaia prompts create greet --text 'Greet {{name}} warmly.' --label production",
  },
  {
    id: 'pipeline',
    title: 'Run a pipeline to its end',
    command: 'coaia pipeline run simple-trace --var trace_name=hello',
  },
  {
    id: 'dataset',
    title: 'Keep examples in a dataset',
    command: 'coaia fuse datasets create greetings',
  },
];

/** First time of each fact, epoch milliseconds. An index leads to the oldest trace, so that none is counted. */
const FACTS = `SELECT
  (SELECT timestamp FROM traces WHERE project_id = ? AND environment <> '${SAMPLE_ENVIRONMENT}'
   ORDER BY timestamp LIMIT 1) AS trace,
  (SELECT min(created_at) FROM prompts WHERE project_id = ?) AS prompt,
  (SELECT min(ended_at) FROM runs
   WHERE project_id = ? AND workflow = 'pipeline' AND state = 'succeeded') AS pipeline,
  (SELECT min(created_at) FROM datasets WHERE project_id = ?) AS dataset`;

/** The steps in order. The sample ticks nothing. */
export async function readFirstSteps(
  ports: ObservabilityPorts,
  scope: Scope,
): Promise<readonly FirstStep[]> {
  const { projectId } = scope;
  const [row] = await ports.db.scan<Readonly<Record<string, number | string | null>>>(FACTS, [
    projectId,
    projectId,
    projectId,
    projectId,
  ]);
  const startedAt = ports.clock() - Math.floor(process.uptime() * 1000);
  return STEPS.map((step) => {
    const at = step.id === 'server' ? startedAt : (row?.[step.id] ?? null);
    return { ...step, done: at !== null, at: at === null ? null : toIso(Number(at)) };
  });
}
