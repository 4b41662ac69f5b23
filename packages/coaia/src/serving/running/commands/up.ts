/** `ao run up`: the service of the project. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { renderLogLine } from '../log-line.ts';
import { clearRunState } from '../run-state.ts';
import { requireCount } from '../require-count.ts';
import { startHere, startInBackground } from '../start.ts';
import type { StartOptions } from '../start.ts';
import type { Ready, UpFlags } from '../child-contract.ts';
import { toShellWord } from '../call/shell-word.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

type Context = CommandContext<unknown>;

export const command = defineCommand({
  words: 'ops up',
  summary: 'Start the service of the project',
  description:
    'Answers on http://127.0.0.1:26243, or on the next free port. Runs until Ctrl-C; --detach returns as soon as it answers, and `ao down` ends it. A save of the model answers at once, unless --no-reload is given, a canary or shadow is under way, or another version was put in front. Other machines reach it with --host 0.0.0.0 and keys only.',
  positionals: [],
  options: {
    detach: { type: 'boolean', short: 'd', summary: 'Run in the background' },
    port: { type: 'number', placeholder: 'PORT', summary: 'Exactly this port' },
    host: { type: 'string', placeholder: 'ADDRESS', summary: 'Listen on this address' },
    workers: { type: 'number', placeholder: 'N', summary: 'Processes for each model' },
    link: {
      type: 'string',
      choices: ['pipe', 'grpc'],
      summary: 'One process for requests and models, or two',
    },
    'no-reload': { type: 'boolean', summary: 'Saves change nothing until `ao deploy`' },
    insecure: { type: 'boolean', summary: 'Allow other machines without keys' },
    'api-key': {
      type: 'string',
      repeatable: true,
      placeholder: 'KEY',
      summary: 'A key that callers must send (several possible)',
    },
    background: { type: 'boolean', hidden: true, summary: 'Is the process that --detach started' },
  },
  takesRest: true,
  restUsage: '',
  endsItself: true,
  examples: ['ao up', 'ao up --detach --port 8000'],
  run: (context, { options, rest }) =>
    runUp(context, { ...options, apiKeys: options['api-key'] }, rest),
});

/** Flags of `ao up`. */
export interface UpOptions extends UpFlags {
  readonly detach?: boolean | undefined;
  readonly apiKeys?: readonly string[] | undefined;
  readonly background?: boolean | undefined;
}

/** Also what `ao run --detach` means. */
export async function runUp(
  context: Context,
  options: UpOptions,
  rest: readonly string[],
): Promise<number> {
  const { port, host, workers, link, insecure, 'no-reload': isStill } = options;
  requireCount('workers', workers);
  const { project, code } = await openBuiltIn(context, 'up', rest, {
    'api.port': port,
    'api.host': host,
    'link.mode': link,
  });
  if (code !== undefined) return code;
  const start: StartOptions = {
    project,
    flags: { port, host, workers, link, insecure, 'no-reload': isStill },
    apiKeys: options.apiKeys ?? [],
    env: context.env,
    signal: context.signal,
  };
  if (options.detach === true) return detach(context, start);
  return runHere(context, start, options.background === true);
}

interface Shown {
  readonly models?: Ready['models'] | undefined;
  readonly url: string;
  readonly host?: string | undefined;
  readonly ms: number;
}

function print({ out, flags }: Context, { project }: StartOptions, shown: Shown): void {
  const { url, host, ms, models = [] } = shown;
  if (flags.json) {
    out.json({ url, host: host ?? null, ready_ms: Math.round(ms), models });
    return;
  }
  if (host !== undefined) out.line(`model-service  ${host}  ready`);
  out.line(`api-service    ${url}  ready in ${(ms / 1000).toFixed(1)} s`);
  tell(out, project.api.port, shown);
}

/** What stands beside the addresses: what is not as wished, and how to go on. */
function tell(out: Context['out'], port: number, { url, models = [] }: Shown): void {
  for (const { name, version, setback } of models) {
    if (setback === undefined) continue;
    out.notice(`${name} as it stands is NOT served: ${setback}`);
    out.notice(`Version ${version} from before answers in its place. See also: ao check`);
  }
  if (port !== 0 && url !== '' && new URL(url).port !== String(port))
    out.notice(`Port ${port} is taken, so it is another one.`);
  out.notice(`Open ${url} in a browser to see and try it.`);
  const [first] = models;
  if (first?.example === undefined) return;
  const model = models.length > 1 ? `--model ${first.name} ` : '';
  out.notice(`Try: ao call ${model}${toOptions(first.example)}`);
}

/** The example as options of `ao call`. */
function toOptions(example: Readonly<Record<string, unknown>>): string {
  return Object.entries(example)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${toShellWord(`--${name}`)} ${toWord(value)}`)
    .join(' ');
}

function toWord(value: unknown): string {
  return toShellWord(typeof value === 'string' ? value : JSON.stringify(value));
}

async function detach(context: Context, start: StartOptions): Promise<number> {
  const began = performance.now();
  const state = await startInBackground(start);
  const host = state.children.find(({ name }) => name === 'host')?.ready?.address;
  const { url = '', models } = state;
  print(context, start, { url, host, ms: performance.now() - began, models });
  context.out.notice(
    'It runs in the background: `ao down` ends it, `ao logs -f` shows what it does.',
  );
  return EXIT.done;
}

async function runHere(
  context: Context,
  start: StartOptions,
  isBackground: boolean,
): Promise<number> {
  const began = performance.now();
  const { out, flags, signal } = context;
  const onLine = (name: string, line: string) => {
    // The error that it ends with is told once, by this command.
    if (!line.startsWith('{"error":')) out.notice(renderLogLine(name, line));
  };
  const { folder } = start.project;
  const isQuiet = isBackground || flags.json;
  const supervisor = await startHere({ ...start, ...(isQuiet ? {} : { onLine }) }).catch(
    (error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    },
  );
  if (supervisor === undefined) return EXIT.interrupted;
  const gateway = supervisor.ready.at(-1);
  const host = supervisor.ready.length > 1 ? supervisor.ready[0]?.address : undefined;
  if (!isBackground)
    print(context, start, {
      url: gateway?.address ?? '',
      host,
      ms: performance.now() - began,
      models: gateway?.models,
    });
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const failure = await Promise.race([supervisor.ended, stopped]);
  await supervisor.stop();
  clearRunState(folder);
  if (failure !== undefined) throw failure;
  return EXIT.done;
}
