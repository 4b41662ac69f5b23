/** The one table of everything that `ao.toml` may say: reading, checking, `ao config` and the documentation use it. */

/** How a value is checked. `size` of numbers by `min` and `max`. */
export type SettingKind =
  | 'text'
  | 'path'
  | 'integer'
  | 'number'
  | 'switch'
  | 'choice'
  | 'texts'
  | 'texts-or-all'
  | 'switch-or-auto'
  | 'duration'
  | 'scalar'
  | 'scalars'
  | 'map'
  | 'canary';

export interface Setting {
  /** `api`, `model`, `model.batch`, `model.inputs.*`; `model` stands for `models.NAME` as well. */
  readonly table: string;
  readonly key: string;
  readonly kind: SettingKind;
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** As it would be written; a sentence in brackets when it is found out. */
  readonly default: string | number | boolean | readonly string[] | undefined;
  /** Shown instead of the default, for values that are found out. */
  readonly shown?: string;
  readonly summary: string;
}

type Extra = Partial<Pick<Setting, 'choices' | 'min' | 'max' | 'shown'>>;

function define(table: string) {
  return (
    key: string,
    kind: SettingKind,
    fallback: Setting['default'],
    summary: string,
    extra: Extra = {},
  ): Setting => ({ table, key, kind, default: fallback, summary, ...extra });
}

const project = define('project');
const model = define('model');
const batch = define('model.batch');
const gate = define('model.gate');
const input = define('model.inputs.*');
const api = define('api');
const link = define('link');
const tls = define('link.tls');
const check = define('check');
const build = define('build');
const log = define('log');
const monitor = define('monitor');
const secrets = define('secrets');
const secret = define('secrets.*');
const traffic = define('traffic');

const TOOL = 'a path or command, `auto` to look for it, `none` to leave it out';

/** Every setting, in the order of the documentation. `[tasks]` has names of the user's own; see `task.ts`. */
export const projectSettings: readonly Setting[] = [
  project('name', 'text', undefined, 'Name of the project; needed'),
  project('description', 'text', undefined, 'One sentence about what it predicts'),
  project('owner', 'text', undefined, 'Whom to ask'),

  model('language', 'choice', undefined, 'What the model is written in', {
    choices: ['python', 'r', 'onnx'],
    shown: 'found from the files',
  }),
  model('entry', 'text', undefined, 'File and function that predict', {
    shown: '`model-service/model.py:predict` when there is such a file',
  }),
  model('artifact', 'path', undefined, 'The fitted model', {
    shown: 'the file in `model-service/artifacts`',
  }),
  model('examples', 'path', undefined, 'A few real rows', {
    shown: '`model-service/examples.csv` when there is such a file',
  }),
  model('python', 'text', undefined, 'Which Python runs it: a path, or `venv`', {
    shown: 'the first that has the needed packages',
  }),
  model('rscript', 'text', undefined, 'Which Rscript runs it', { shown: 'the first on PATH' }),
  model('workers', 'integer', 1, 'Processes that predict at the same time', { min: 1, max: 256 }),
  model('preload', 'switch', true, 'Load the model at the start, not at the first request'),
  model('timeout_ms', 'integer', 10_000, 'Longest time for one prediction, in milliseconds', {
    min: 1,
  }),
  model(
    'explain_timeout_ms',
    'integer',
    30_000,
    'Longest time for one explanation, in milliseconds',
    {
      min: 1,
    },
  ),
  model('max_queue', 'integer', 1000, 'Requests that may wait; more are refused', { min: 1 }),
  model('on_na', 'choice', 'reject', 'What happens with a missing value', {
    choices: ['reject', 'pass'],
  }),
  model('out_of_range', 'choice', 'flag', 'What happens with values beyond those of training', {
    choices: ['flag', 'reject', 'ignore'],
  }),

  batch('enabled', 'switch-or-auto', 'auto', 'Predict waiting rows together', {
    shown: '`"auto"`: when `ao check` saw that it changes no answer',
  }),
  batch('max_rows', 'integer', 64, 'At most so many rows together', { min: 1, max: 65_536 }),
  batch('max_wait_ms', 'integer', 0, 'Wait so long for more rows, in milliseconds', {
    min: 0,
    max: 10_000,
  }),

  gate('metric', 'choice', undefined, 'By what versions are compared', {
    choices: ['error_rate', 'log_loss', 'brier', 'mae', 'mse'],
    shown: 'by the task: `error_rate` or `mae`',
  }),
  gate('margin', 'number', undefined, 'How much worse a new version may be', {
    min: 0.0001,
    max: 0.9999,
    shown: '0.02 of all answers (`error_rate`), 0.05 of the loss of the champion (others)',
  }),
  gate('by', 'texts', [], 'Groups that must not be worse: inputs, or metadata of the examples'),
  gate('min_examples', 'integer', undefined, 'Least examples that both versions answered', {
    min: 2,
    shown: 'as many as the interval needs',
  }),
  gate('confidence', 'number', 0.95, 'Of the intervals of differences', { min: 0.5, max: 0.999 }),
  gate('required', 'switch', false, 'Refuse also a version that was never evaluated'),

  input('type', 'choice', undefined, 'Kind of value', {
    choices: ['number', 'integer', 'boolean', 'string', 'category', 'date', 'datetime'],
    shown: 'found from the model',
  }),
  input('levels', 'scalars', undefined, 'The only allowed values', {
    shown: 'found from the model',
  }),
  input('min', 'number', undefined, 'Smallest allowed value'),
  input('max', 'number', undefined, 'Largest allowed value'),
  input('nullable', 'switch', undefined, 'May be missing', { shown: 'found from the model' }),
  input('default', 'scalar', undefined, 'Used when it is left out'),
  input('description', 'text', undefined, 'What it means, for the documentation'),
  input('sensitive', 'switch', false, 'Never written to a log'),

  api('host', 'text', '127.0.0.1', 'Address to listen on'),
  api('port', 'integer', 26_243, 'Port to listen on; without a wish the next free one', {
    min: 0,
    max: 65_535,
  }),
  api('dialects', 'texts-or-all', 'all', 'Which forms of requests are answered'),
  api(
    'auth',
    'choice',
    'auto',
    'Who may predict; `auto`: everybody on this machine, keys elsewhere',
    {
      choices: ['auto', 'none', 'keys'],
    },
  ),
  api('cors', 'texts', [], 'Web pages whose scripts may ask, such as `https://example.org`'),
  api(
    'hosts',
    'texts',
    [],
    'Host names that a service without keys answers to, beside those of its machine; `*`: any',
  ),
  api('max_body_mb', 'number', 16, 'Largest request, in megabytes', { min: 0.001, max: 1024 }),

  link('mode', 'choice', 'auto', 'How the two services talk; `auto`: `pipe` on one machine', {
    choices: ['auto', 'pipe', 'grpc'],
  }),
  link('address', 'text', '127.0.0.1:50051', 'Where the model service is, for `grpc`'),
  link('models', 'texts', [], 'Models of another server of the protocol, instead of own ones'),
  tls('ca', 'text', undefined, 'File with the authority that is trusted'),
  tls('cert', 'text', undefined, 'File with the own certificate'),
  tls('key', 'text', undefined, 'File with its private key'),

  check('linters', 'texts', [], 'Commands that must succeed, run as given'),
  check('testers', 'texts', [], 'Commands that must succeed, run as given'),
  check('coverage', 'number', 95, 'Least share of the model code that tests run, in percent', {
    min: 0,
    max: 100,
  }),
  check('ruff', 'text', 'auto', `Style of Python code: ${TOOL}`),
  check('pytest', 'text', 'auto', `Tests in Python: ${TOOL}`),
  check('lintr', 'text', 'auto', `Style of R code: ${TOOL}`),
  check('testthat', 'text', 'auto', `Tests in R: ${TOOL}`),

  build('engine', 'choice', 'auto', 'What makes images; `none`: `ao` itself', {
    choices: ['auto', 'docker', 'podman', 'buildah', 'none'],
  }),
  build('base', 'text', undefined, 'Image to start from', { shown: 'by language' }),
  build('image', 'text', undefined, 'Name of the images', { shown: 'the name of the project' }),
  build('tag', 'text', undefined, 'Tag of the images', { shown: 'number of the version' }),
  build('args', 'map', undefined, 'Build arguments', { shown: 'none' }),
  build('platforms', 'texts', [], 'Such as `linux/amd64`'),
  build('system_packages', 'texts', [], 'Packages of the system that the model needs'),

  log('level', 'choice', 'info', 'Least important line that is written', {
    choices: ['debug', 'info', 'warn', 'error'],
  }),
  log('format', 'choice', 'auto', 'Form of the lines; `auto`: `text` on a terminal', {
    choices: ['auto', 'json', 'text'],
  }),
  log('payload', 'choice', 'sample', 'Whose inputs and outputs are kept', {
    choices: ['sample', 'all', 'none'],
  }),
  log('sample', 'number', 1, 'Share of predictions that are kept, 0 to 1', { min: 0, max: 1 }),
  log('keep_days', 'integer', 30, 'Days that single predictions are kept', { min: 1, max: 36_500 }),
  log('redact', 'texts', [], 'Fields that are never written'),

  monitor('reference', 'path', undefined, 'File to compare with', { shown: 'the examples' }),
  monitor('metrics', 'texts', ['psi', 'ks', 'missing', 'unseen'], 'What may alarm', {
    choices: ['psi', 'ks', 'missing', 'unseen'],
  }),
  monitor('window', 'duration', '7d', 'Time over which is compared, such as `12h` or `7d`'),
  monitor('alert', 'number', 0.05, 'Chance of a false alarm in a month', { min: 0, max: 1 }),

  secrets('names', 'texts', [], 'Names of secrets that the model needs; values stand elsewhere'),
  secret('env', 'text', undefined, 'Variable of the environment that holds it', {
    shown: 'its name',
  }),
  secret('file', 'text', undefined, 'File that holds it'),

  traffic('champion', 'integer', undefined, 'Version that answers', {
    min: 1,
    shown: 'the first deployed',
  }),
  traffic('canary', 'canary', undefined, 'Version on trial: `{ version = 4, percent = 10 }`'),
  traffic('shadow', 'integer', undefined, 'Version that answers in silence, for comparison', {
    min: 1,
  }),
  traffic('sticky', 'text', undefined, 'Header that keeps a caller with one version'),
  traffic('memory_mb', 'integer', undefined, 'Memory for loaded models; the idle leave first', {
    min: 1,
  }),
];

/** Tables whose next name the user chooses: `[models.NAME]`, `[model.inputs.X]`, `[secrets.X]`. */
export function findSetting(table: string, key: string): Setting | undefined {
  return projectSettings.find((setting) => setting.table === table && setting.key === key);
}

/** Keys that a table may have; tables inside it by their next word. */
export function listKeys(table: string): readonly string[] {
  const keys = new Set<string>();
  for (const setting of projectSettings) {
    if (setting.table === table) keys.add(setting.key);
    else if (setting.table.startsWith(`${table}.`))
      keys.add(setting.table.slice(table.length + 1).split('.')[0] ?? '');
  }
  return [...keys].filter((key) => key !== '*');
}

/** Names of tables at the top of the file. */
export const TOP_TABLES: readonly string[] = [
  ...new Set(projectSettings.map(({ table }) => table.split('.')[0] ?? '')),
  'models',
  'tasks',
];
