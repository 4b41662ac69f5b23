import { createCatalogue, toPlural } from '../../lib/i18n.ts';

const en = {
  home: 'Home',
  failed: 'The overview could not be read.',
  healthy: 'Healthy',
  unhealthy: (status: string) => `Status: ${status}`,
  health: 'Health',
  traces: (count: number) => toPlural(count, 'trace', 'traces'),
  spans: (count: number) => toPlural(count, 'span', 'spans'),
  sessions: (count: number) => toPlural(count, 'session', 'sessions'),
  up: (text: string) => `up ${text}`,
  durability: (text: string) => `durability ${text}`,
  firstSteps: 'First steps',
  stepsDone: (done: number, all: number) => `${done} of ${all} done`,
  done: 'done',
  open: 'to do',
  dismiss: 'Put first steps away',
  tasks: 'At work and waiting',
  allTasks: 'All tasks',
  lastTraces: 'Last traces',
  lastErrors: 'Last errors',
  allTraces: 'All traces',
  allErrors: 'All errors',
  noTraces: 'No trace yet.',
  noErrors: 'No errors. Failing traces are listed here.',
  continue: 'Continue where you were',
  charts: 'Last 24 hours',
  countTitle: 'Traces',
  costTitle: 'Cost',
  latencyTitle: 'Latency, p95',
  countSentence: (count: number, errors: number) =>
    count === 0
      ? 'No traces in the last 24 hours.'
      : `${toPlural(count, 'trace', 'traces')} in the last 24 hours, ${errors === 0 ? 'none' : errors.toLocaleString('en')} with errors.`,
  costSentence: (total: string, peak: string) =>
    `${total} in the last 24 hours, at most ${peak} in half an hour.`,
  noCost: 'No cost was recorded in the last 24 hours.',
  latencySentence: (now: string, peak: string) =>
    `95 % of the latest took at most ${now}; the peak was ${peak}.`,
  noLatency: 'No durations were recorded in the last 24 hours.',
  start: 'Start',
  value: 'Value',
  loadSample: 'Load the sample',
  removeSample: 'Remove the sample',
  sampleLoaded: 'The sample is loaded.',
  sampleRemoved: 'The sample was removed.',
  sampleFailed: 'The sample could not be changed.',
  more: 'More',
};

/** Words of the home page. */
export const words = createCatalogue({ en });
