/** `coaia pipeline runs list`: the newest runs. */
import { invalidRequest, parseTime, systemClock, toIso } from '#base';
import { defineCommand, listOptions } from '#surface';
import { toMilliseconds } from '../../templates/duration.ts';
import { pipelineRunsApi } from '../ports.ts';
import { runColumns } from '../print-run.ts';

export const command = defineCommand({
  words: 'pipeline runs list',
  summary: 'List runs of pipelines, newest first',
  needs: pipelineRunsApi,
  positionals: [{ name: 'name', summary: 'Only runs of this pipeline' }],
  options: {
    state: {
      type: 'string',
      placeholder: 'A,B',
      summary: 'Only these: queued, running, waiting, succeeded, failed, cancelled',
    },
    since: {
      type: 'string',
      placeholder: '7d',
      summary: 'Only runs begun since; a span or a time',
    },
    schedule: { type: 'string', placeholder: 'ID', summary: 'Only runs of this schedule' },
    limit: { type: 'number', default: 50, summary: 'How many, at most 200' },
    cursor: { type: 'string', summary: 'Go on after an earlier page' },
    ...listOptions,
  },
  examples: ['coaia pipeline runs list', 'coaia pipeline runs list --state failed --since 7d'],
  async run({ open, out }, { options, args }) {
    const api = await open();
    const { state, since, schedule, limit, cursor } = options;
    const page = await api.listPipelineRuns({
      limit,
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(state === undefined ? {} : { state }),
      ...(since === undefined ? {} : { since: toSince(since) }),
      ...(schedule === undefined ? {} : { scheduleId: schedule }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    out.list({ things: 'runs', rows: page.data, columns: runColumns, page }, options);
    if (page.meta.cursor !== null) out.notice(`More: --cursor ${page.meta.cursor}`);
  },
});

function toSince(text: string): string {
  const span = toMilliseconds(text);
  const time = span === undefined ? parseTime(text) : systemClock() - span;
  if (time !== undefined) return toIso(time);
  throw invalidRequest(`"--since" is neither a span such as 7d nor a time: ${text}`);
}
