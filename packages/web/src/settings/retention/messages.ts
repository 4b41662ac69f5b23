import { createCatalogue, toPlural } from '../../lib/i18n.ts';

const en = {
  title: 'Retention',
  lead: 'Traces with their observations and scores, sessions that are then empty and files that stand nowhere are deleted when they are older than this. The server looks once a day.',
  failed: 'The retention could not be read.',
  keepAll: 'Keep everything',
  days: 'Days to keep',
  daysHint: 'A whole number from 3; empty: everything is kept.',
  daysWrong: 'A whole number of days.',
  nowKeepAll: 'Everything is kept.',
  nowDays: (days: number, cutoff: string) =>
    `What is older than ${toPlural(days, 'day', 'days')} is deleted: everything before ${cutoff}.`,
  preview: 'Count what would go',
  previewFailed: 'It could not be counted.',
  wouldNone: (days: string) => `With ${days} a run would delete nothing now.`,
  would: (days: string, traces: number, observations: number, scores: number) =>
    `With ${days} a run would now delete ${toPlural(traces, 'trace', 'traces')}, ${toPlural(observations, 'observation', 'observations')} and ${toPlural(scores, 'score', 'scores')}.`,
  dayCount: (days: number) => toPlural(days, 'day', 'days'),
  saveFailed: 'The retention could not be saved.',
  saved: 'Retention saved',
  confirmTitle: 'Delete what is older',
  confirmAction: 'Save and delete',
  confirmNote: 'What a run deleted cannot be brought back, except from a backup: coaia db backup.',
  runs: 'Last runs',
  runsLead: 'What the server deleted, and when.',
  noRuns:
    'No run yet. The first one comes within a day after days are set; coaia db retention does it now.',
  list: 'Last runs of retention',
  started: 'Begun',
  kept: 'Kept',
  traces: 'Traces',
  observations: 'Observations',
  scores: 'Scores',
  sessions: 'Sessions',
  media: 'Files',
  state: 'State',
  done: 'done',
  running: 'running or cut off',
  failedRun: 'failed',
};

/** Words of the part about retention. */
export const words = createCatalogue({ en });
