/** `coaia schedule add`: starts a pipeline by the clock. */
import { defineCommand } from '#surface';
import { requireDuration } from '../../runs/duration.ts';
import { readVariables, variableOptions } from '../../create/read-variables.ts';
import { schedulesApi } from '../ports.ts';
import { toWhen } from '../find-schedule.ts';

export const command = defineCommand({
  words: 'schedule add',
  summary: 'Start a pipeline by the clock',
  description:
    'Needs exactly one of --cron, --every and --at. A server (`coaia up`) does the starting, each due time once however many servers there are. Templates are those of the store and the built-in ones; they are looked up when the time comes.',
  needs: schedulesApi,
  positionals: [{ name: 'template', summary: 'Name of the template', required: true }],
  options: {
    ...variableOptions,
    cron: {
      type: 'string',
      placeholder: 'EXPR',
      summary: 'Five fields, for example "0 6 * * 1-5"',
    },
    every: { type: 'string', placeholder: '15m', summary: 'Time between starts' },
    at: { type: 'string', placeholder: 'TIME', summary: 'Once, at this ISO 8601 time' },
    name: { type: 'string', summary: 'What it is called (default: the template)' },
    tz: {
      type: 'string',
      aliases: ['time-zone'],
      placeholder: 'ZONE',
      summary: 'Time zone of the cron expression, for example Europe/Berlin (default UTC)',
    },
    jitter: { type: 'string', placeholder: '30s', summary: 'Start up to so much later' },
    overlap: {
      type: 'string',
      choices: ['skip', 'queue', 'replace'],
      summary: 'While the last run is under way: leave out (default), wait, or cancel that one',
    },
    missed: {
      type: 'string',
      choices: ['run-once', 'skip'],
      summary: 'Times that passed while no server ran: one run for all (default), or none',
    },
    retries: { type: 'number', placeholder: 'N', summary: 'Try a failed run again so many times' },
    timeout: { type: 'string', placeholder: '10m', summary: 'Fail a run after this time' },
    webhook: { type: 'string', placeholder: 'URL', summary: 'Tell this address about failures' },
  },
  examples: [
    'coaia schedule add simple-trace --every 1h --var trace_name=hourly',
    'coaia schedule add simple-trace --cron "0 6 * * 1-5" --tz Europe/Berlin --var trace_name=morning',
  ],
  async run(context, { args, options }) {
    const { out, flags } = context;
    const api = await context.open();
    const { cron, every, at, name, tz, jitter, overlap, missed, retries, timeout, webhook } =
      options;
    const given = {
      template: args.template,
      variables: await readVariables(context, options),
      cron,
      every,
      at,
      name,
      timeZone: tz,
      jitterMs: jitter === undefined ? undefined : requireDuration('--jitter', jitter),
      overlap,
      missed,
      retries,
      timeoutMs: timeout === undefined ? undefined : requireDuration('--timeout', timeout),
      webhookUrl: webhook,
    };
    const entries = Object.entries(given).filter(([, value]) => value !== undefined);
    const schedule = await api.createSchedule(
      Object.fromEntries(entries) as unknown as Parameters<typeof api.createSchedule>[0],
    );
    if (flags.json) out.json(schedule);
    else {
      out.confirm(`Scheduled ${schedule.name}: ${toWhen(schedule)}, next ${schedule.nextAt}.`);
      out.line(schedule.id);
      if (schedule.webhookSecret !== null)
        out.notice(`Its webhook is signed with this secret, shown once: ${schedule.webhookSecret}`);
    }
  },
});
