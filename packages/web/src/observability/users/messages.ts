import { createCatalogue, toPlural } from '../../lib/i18n.ts';

const en = {
  title: 'Users',
  label: 'Users',
  failed: 'The users could not be read.',
  noHits: 'No user matches this filter',
  emptyTitle: 'People who use your programs appear here',
  emptyLead:
    'Name the user on your traces, and each person becomes one line with volume, cost, errors and scores.',
  emptyNote:
    'In a program it is userId on the trace (Langfuse) or user.id on the span (OpenTelemetry).',
  snippet: 'coaia fuse traces create question-1 --user ada -i "Hello" -o "Hi Ada"',
  columns: {
    user: 'User',
    lastSeen: 'Last seen',
    firstSeen: 'First seen',
    traces: 'Traces',
    sessions: 'Sessions',
    errors: 'Error rate',
    tokens: 'Tokens',
    cost: 'Cost',
    scores: 'Mean scores',
    actions: 'Actions',
  },
  errorHint: (errors: number, traces: number) => `${errors} of ${traces} traces`,
  scoreHint: (name: string, count: number) => `${name}, mean of ${count}`,
  more: (user: string) => `Actions for ${user}`,
  openTraces: 'Open traces',
  openSessions: 'Open sessions',
  copyId: 'Copy id',
  erase: 'Erase data',
  eraseKey: 'Erase the data of this user',
  eraseTitle: (user: string) => `Erase the data of ${user}`,
  eraseLead: 'This would delete, and nothing of it can be brought back:',
  eraseCounting: 'Counting what would be deleted',
  eraseNothing: 'Nothing is left of this user.',
  eraseNote:
    'Sessions shared with other users stay, without this user’s turns. Dataset items made from these traces stay: look there for personal data too.',
  eraseFailed: 'The data could not be erased.',
  countFailed: 'What would be deleted could not be counted.',
  erased: (user: string, traces: number) =>
    `${toPlural(traces, 'trace', 'traces')} of ${user} erased`,
  counts: {
    traces: (count: number) => toPlural(count, 'trace', 'traces'),
    observations: (count: number) => toPlural(count, 'observation', 'observations'),
    scores: (count: number) => toPlural(count, 'score', 'scores'),
    sessions: (count: number) => toPlural(count, 'session', 'sessions'),
    comments: (count: number) => toPlural(count, 'comment', 'comments'),
    media: (count: number) => toPlural(count, 'file', 'files'),
  },
};

/** Words of the users page. */
export const words = createCatalogue({ en });
