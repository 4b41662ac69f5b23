import { createCatalogue } from '../lib/i18n.ts';
import { detailTexts } from './detail/messages.ts';

const en = {
  title: 'Deployments',
  list: 'Models',
  search: 'Search models',
  searchHint: 'Name, project or language',
  failed: 'The models could not be read.',
  noHits: 'No model has this in its name, project or language.',
  emptyTitle: 'No model is served yet',
  emptyLead:
    'A fitted scikit-learn, R or ONNX model becomes a service with three commands. Or drop its file on this page.',
  emptySnippet: 'ao init --from model.joblib\ncd model && ao check\nao run up',
  snippetLabel: 'Serve a model',
  deployFile: 'Deploy a model file',
  columns: {
    name: 'Model',
    language: 'Language',
    champion: 'Answers',
    beside: 'Beside it',
    gateway: 'Gateway',
    perSecond: 'Requests/s',
    p50: 'p50',
    p99: 'p99',
    failed: 'Errors',
    /** Of the errors. */
    interval: '95 % interval',
  },
  /** What the last columns are about. */
  spanNote: 'last 15 min',
  languages: { python: 'Python', r: 'R', onnx: 'ONNX' } as Readonly<Record<string, string>>,
  version: (version: number) => `version ${version}`,
  canary: (version: number, percent: number) => `canary ${version} at ${percent} %`,
  shadow: (version: number) => `shadow ${version}`,
  challenger: (version: number) => `challenger ${version}`,
  noGateway: 'none',
  gatewayStates: {
    ready: 'ready',
    starting: 'starting',
    stopped: 'stopped',
    lost: 'lost',
  },
  more: (count: number) => `+${count}`,
  drop: {
    here: 'Drop the model file to deploy it',
    kinds: '.joblib, .pkl, .skops, .rds or .onnx',
    title: 'Deploy a model file',
    file: 'File',
    name: 'Name of the model',
    nameHint: 'It becomes part of the address that callers use.',
    badName: 'Letters, digits, dashes and underscores, 64 at most, a letter or digit first.',
    taken: 'A model of this name is there already.',
    badKind: (name: string) =>
      `${name} is no model file that can be served. These can: .joblib, .pkl, .skops, .rds, .onnx.`,
    deploy: 'Deploy',
    trustTitle: (name: string) => `Do you trust ${name}?`,
    trustLead:
      'To read this kind of file, the program that wrote it has to run what is inside. A file from a stranger could do anything on this computer that you can do.',
    trustKeep: 'Continue only if you made it, or know who did. Nothing was started so far.',
    trustAction: 'I trust it, deploy',
    sending: (done: string, all: string) => `Sent ${done} of ${all}`,
    starting: 'Reading the model and starting its service. Python and R take 5 to 20 seconds.',
    elapsed: (seconds: number) => `${seconds} s so far.`,
    waiting: 'The service is up; waiting until it reports here.',
    failed: 'The model could not be deployed.',
    done: (name: string) => `${name} is served`,
  },
  keys: { deploy: 'Deploy a model file', tabs: 'Parts of the page' },
  ...detailTexts,
};

/** Words of the deployments. */
export const words = createCatalogue({ en });
