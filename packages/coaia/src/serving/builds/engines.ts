/** docker, podman and buildah by their command lines. Registries and their logins are the engines' own matter. */
import { spawn } from 'node:child_process';
import { buildFailures } from './errors.ts';

export type EngineName = 'docker' | 'podman' | 'buildah';

/** In the order in which they are tried. */
export const ENGINES: readonly EngineName[] = ['docker', 'podman', 'buildah'];

export interface EnginePorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** A line that the engine printed. */
  readonly onLine: (line: string) => void;
}

export interface EngineBuild {
  /** Absolute paths. */
  readonly dockerfile: string;
  readonly context: string;
  /** With its tag. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly args: Readonly<Record<string, string>>;
  readonly platform: string | undefined;
}

/**
 * The engine that was asked for, the first that answers for `auto`, or undefined for `none` and when there is none.
 * AO501 when the one that was asked for is not there.
 */
export async function findEngine(
  ports: EnginePorts,
  wanted: EngineName | 'auto' | 'none',
): Promise<EngineName | undefined> {
  if (wanted === 'none') return undefined;
  for (const name of wanted === 'auto' ? ENGINES : [wanted]) {
    // Asks a daemon where there is one: docker without it cannot build.
    const { code, lines } = await runEngine({ ...ports, onLine: () => undefined }, name, [
      'version',
    ]);
    if (code === 0) return name;
    if (wanted !== 'auto')
      throw buildFailures.create(
        'AO501',
        code === undefined
          ? `${name} is not on PATH.`
          : `${name} is there but does not answer: ${lines.at(-1) ?? `it ended with ${code}`}`,
        { hint: 'ao build --engine none' },
      );
  }
  return undefined;
}

/** Makes an image from a Dockerfile. Returns the image's id. AO502 with the end of what the engine printed. */
export async function buildByEngine(
  ports: EnginePorts,
  engine: EngineName,
  build: EngineBuild,
): Promise<string> {
  const args = toBuildArgs(engine, build);
  const { code, lines } = await runEngine(ports, engine, args);
  if (code !== 0)
    throw buildFailures.create(
      'AO502',
      `${engine} could not make ${build.name}. It ended with:\n${lines.slice(-12).join('\n')}`,
      { hint: [engine, ...args.map(toQuoted)].join(' ') },
    );
  const inspect = engine === 'buildah' ? ['inspect', '--type', 'image'] : ['image', 'inspect'];
  const format = engine === 'buildah' ? '{{.FromImageID}}' : '{{.Id}}';
  const quiet = { ...ports, onLine: () => undefined };
  const found = await runEngine(quiet, engine, [...inspect, '--format', format, build.name]);
  return (found.lines[0] ?? '').replace(/^sha256:/, '');
}

function toBuildArgs(engine: EngineName, build: EngineBuild): readonly string[] {
  const { dockerfile, context, name, labels, args, platform } = build;
  return [
    'build',
    // Docker's format keeps the health check.
    ...(engine === 'docker' ? [] : ['--format', 'docker']),
    '--file',
    dockerfile,
    '--tag',
    name,
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...toPairs('--build-arg', args),
    ...toPairs('--label', labels),
    context,
  ];
}

function toPairs(flag: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}

/** As a shell takes it back. */
function toQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** At most so many of its last lines are kept. */
const KEPT_LINES = 50;

interface EngineResult {
  /** Undefined when it could not be started. */
  readonly code: number | undefined;
  readonly lines: readonly string[];
}

async function runEngine(
  { env, signal, onLine }: EnginePorts,
  engine: EngineName,
  args: readonly string[],
): Promise<EngineResult> {
  signal.throwIfAborted();
  const child = spawn(engine, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const parts = `${rest}${text}`.split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts.filter((part) => part.trim() !== '')) {
        onLine(line);
        if (lines.push(line) > KEPT_LINES) lines.shift();
      }
    });
    stream.once('end', () => rest.trim() !== '' && lines.push(rest));
  }
  const code = await new Promise<number | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  signal.throwIfAborted();
  return { code, lines };
}
