import { createCatalogue, toPlural } from '../lib/i18n.ts';

const en = {
  title: 'Tasks',
  label: 'Tasks',
  views: 'Tasks by state',
  failed: 'The tasks could not be read.',
  emptyTitle: 'Nothing is waiting',
  emptyLead:
    'Whatever runs in the background stands here while it waits, works or has failed: pipelines, schedules, their retries.',
  noHits: 'No task is in this state.',
  tabs: {
    open: 'At work and waiting',
    failed: 'Failed',
    ended: 'Ended',
    all: 'All',
  },
  columns: {
    state: 'State',
    name: 'Name',
    kind: 'Kind',
    worker: 'Worker',
    age: 'Age',
    attempt: 'Attempts',
    nextRetry: 'Next try',
    error: 'Error',
    created: 'Created',
  },
  more: 'Actions',
  cancel: 'Cancel',
  cancelled: 'Task cancelled',
  retry: 'Try again',
  retried: 'The task goes on',
  retryAll: (name: string) => `Try all failed ${name} again`,
  retryShown: 'Try all failed again',
  retriedAll: (count: number) =>
    count === 0
      ? 'Nothing was to be tried again'
      : `${toPlural(count, 'task', 'tasks')} tried again`,
  openTrace: 'Open trace',
  openRun: 'Open run',
  payload: 'Payload',
  payloadHint: 'What it was given; secrets are hidden.',
  close: 'Close',
  actionFailed: 'That could not be done.',
  queues: 'Queues',
  pause: (queue: string) => `Pause ${queue}`,
  resume: (queue: string) => `Let ${queue} go on`,
  pausedSaid: (queue: string) => `${queue} is paused`,
  resumedSaid: (queue: string) => `${queue} goes on`,
  pausedNow: (queues: string) => `Paused: ${queues}. What is at work goes on, nothing new begins.`,
};

/** Words of the tasks. */
export const words = createCatalogue({ en });
