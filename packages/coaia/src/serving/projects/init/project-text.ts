/** Files that every new project has: settings, what git leaves out, and the pages that explain it. */
import { toKeyPath } from '../toml-lines.ts';
import type { InputOverride } from '../project.ts';

export interface NewProject {
  readonly name: string;
  readonly language: 'python' | 'r' | 'onnx' | undefined;
  /** Relative to the project. */
  readonly artifact: string | undefined;
  readonly inputs: Readonly<Record<string, InputOverride>>;
  readonly isFastapi: boolean;
}

/** `ao.toml` with the few settings that cannot be found from the files. */
export function renderSettings({ name, artifact, inputs, isFastapi }: NewProject): string {
  const fields = Object.entries(inputs).flatMap(([field, rules]) => [
    '',
    `[${toKeyPath(['model', 'inputs', field])}]`,
    ...Object.entries(rules).map(([key, value]) => `${key} = ${JSON.stringify(value)}`),
  ]);
  return `${[
    '# Everything that can be set, with its value now: ao config',
    '[project]',
    `name = ${JSON.stringify(name)}`,
    ...(artifact === undefined ? [] : ['', '[model]', `artifact = ${JSON.stringify(artifact)}`]),
    ...fields,
    ...(isFastapi ? FASTAPI_SETTINGS : []),
  ].join('\n')}\n`;
}

const FASTAPI_SETTINGS: readonly string[] = [
  '',
  '# api-service/main.py asks the model service, so that one listens.',
  '[link]',
  'mode = "grpc"',
  '',
  '[tasks]',
  'api = { run = "python3 -m uvicorn main:app --port 8000", cwd = "api-service" }',
];

/** What git leaves out: what is made again, and what belongs to one machine. */
export const GITIGNORE = `${[
  '.ao/',
  'ao.local.toml',
  '.env',
  '.venv/',
  '.rlib/',
  '__pycache__/',
  '.pytest_cache/',
  '.coverage',
  '.Rhistory',
  '.RData',
].join('\n')}\n`;

/** The first page of the project. */
export function renderReadme({ name, language, isFastapi }: NewProject): string {
  const model = language === undefined ? [] : MODEL_COMMANDS;
  return `${[
    `# ${name}`,
    '',
    'A model that answers over the network.',
    '',
    '```sh',
    'ao check           # is everything in order?',
    ...model,
    '```',
    '',
    '| Folder | What is in it |',
    '|---|---|',
    '| `model-service` | the model, a few example rows, its tests |',
    '| `model-interface` | what goes in and what comes out; written by `ao`, do not edit |',
    `| \`api-service\` | ${isFastapi ? '`main.py`: answers requests, asks the model' : 'answers requests; nothing to write'} |`,
    '| `ao.toml` | settings; `ao config` shows all of them |',
  ].join('\n')}\n`;
}

const MODEL_COMMANDS: readonly string[] = [
  'ao run up          # start it: the page it prints shows how to ask it',
  'ao run call        # ask it for the example',
  'ao run test        # run the tests',
];

/** README.md of model-service. */
export function renderModelReadme({ language, artifact }: NewProject): string {
  const owned =
    artifact === undefined
      ? `The model is the function in \`model.${language === 'r' ? 'R' : 'py'}\`: change it as you like.`
      : `The model is the file \`${artifact.slice('model-service/'.length)}\`. Fit it again, save it there, and it is a new version.`;
  return `${[
    '# model-service',
    '',
    language === undefined
      ? 'Put the model here: `model.py`, `model.R`, or a fitted model in `artifacts`.'
      : owned,
    '',
    '- `examples.csv` holds rows that the model can predict. Replace them with a few real ones: the documentation, the smoke test and the comparison with later data use them.',
    `- \`tests\` holds the tests that \`ao run test\` and \`ao check\` run.`,
  ].join('\n')}\n`;
}

/** README.md of api-service. */
export function renderApiReadme({ isFastapi }: NewProject): string {
  const own = isFastapi
    ? [
        '`main.py` answers requests with FastAPI and asks the model service over one connection.',
        '',
        '```sh',
        'python3 -m pip install -r api-service/requirements.txt',
        'ao run up --detach   # the model service, on 127.0.0.1:50051',
        'ao run api           # this service, on http://127.0.0.1:8000',
        '```',
        '',
        '`MODEL_SERVICE_ADDRESS` says where the model service is when it runs elsewhere.',
      ]
    : [
        'Nothing to write here: `ao` answers requests itself. Its settings are in [api] of ao.toml.',
      ];
  return `${['# api-service', '', ...own].join('\n')}\n`;
}
