/** One command line, from words to exit code. */
import { EXIT } from '#base';
import type { Command, CommandEntry } from '#surface';
import { openContext } from './context.ts';
import type { Environment } from './environment.ts';
import { readEnvironment } from './environment.ts';
import { printFailure } from './failure.ts';
import { globalOptions, readEarlyFlags, toFlags } from './flags.ts';
import { renderCommandHelp, renderGroupHelp, renderUsage } from './help.ts';
import { openInterrupt } from './interrupt.ts';
import type { Interrupt } from './interrupt.ts';
import type { CliIo } from './io.ts';
import { createProcessIo } from './io.ts';
import { createOutput } from './output.ts';
import { parseLine } from './parse.ts';
import type { ParsedLine } from './parse.ts';
import { checkProtection } from './protection.ts';
import { findRoute } from './route.ts';
import type { Route } from './route.ts';
import { checkMistyped, printGroup, printNone } from './signposts.ts';
import { allCommands } from './tables.ts';
import { printVersion } from './version.ts';
import { createWitness } from './witness.ts';

/** Longest time a stopped command may take to clean up. */
const GRACE_MS = 150;

type CommandRoute = Extract<Route, { readonly kind: 'command' }>;

/**
 * Runs one line and returns its exit code; never throws, never ends the process. `argv` is without the
 * program's name. The process environment is read, never changed.
 */
export async function runCli(
  argv: readonly string[],
  io: CliIo = createProcessIo(),
  entries: readonly CommandEntry[] = allCommands,
): Promise<number> {
  try {
    const route = findRoute(entries, argv);
    if (route.kind === 'none') return await printNone(io, entries, route.globals);
    if (route.kind === 'group') return printGroup(io, entries, route);
    return await runRoute(io, entries, route);
  } catch (error) {
    return printFailure(io, error, readEarlyFlags(argv));
  }
}

async function runRoute(
  io: CliIo,
  entries: readonly CommandEntry[],
  route: CommandRoute,
): Promise<number> {
  const width = io.columns ?? 80;
  if (route.byDefault) {
    if (isAsked({}, route, 'help', 'h')) {
      io.stdout(renderGroupHelp(entries, route.words, width));
      return EXIT.done;
    }
    checkMistyped(entries, route.words, route.line[0]);
  }
  const { command } = await route.entry.load();
  if (isAsked(command.options, route, 'help', 'h')) {
    io.stdout(renderCommandHelp(route.entry, command, route.words, width));
    return EXIT.done;
  }
  if (isAsked(command.options, route, 'version', 'V')) return printVersion(io);
  const style = readEarlyFlags([...route.globals, ...route.line]);
  try {
    const line = parseLine(command, route.line);
    const given = mergeGlobals(parseGlobals(route.globals), line.globals);
    return await runCommand(io, command, { ...line, globals: given });
  } catch (error) {
    const help = `coaia ${route.words.join(' ')} --help`;
    return printFailure(io, error, { ...style, usage: renderUsage(route.words, command), help });
  }
}

/** True when --help or --version stands on the line and the command has no such option itself. */
function isAsked(
  options: Command['options'],
  route: CommandRoute,
  name: string,
  short: string,
): boolean {
  const spellings = new Set([`--${name}`, `-${short}`]);
  if (route.globals.some((word) => spellings.has(word))) return true;
  for (const [key, spec] of Object.entries(options)) {
    if (key === name) spellings.delete(`--${name}`);
    if (spec.short === short) spellings.delete(`-${short}`);
  }
  const end = route.line.indexOf('--');
  return route.line.slice(0, end === -1 ? undefined : end).some((word) => spellings.has(word));
}

function parseGlobals(words: readonly string[]): ReadonlyMap<string, unknown> {
  return parseLine({ positionals: [], options: {} }, words).globals;
}

function mergeGlobals(
  first: ReadonlyMap<string, unknown>,
  second: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  const merged = new Map([...first, ...second]);
  const files = [first.get('env'), second.get('env')].flat().filter((path) => path !== undefined);
  return files.length === 0 ? merged : merged.set('env', files);
}

/** `--json` before the words also sets a command's own option of that name. */
function toOwnOptions(command: Command, line: ParsedLine): Readonly<Record<string, unknown>> {
  const options = { ...line.options };
  for (const [key, spec] of Object.entries(command.options)) {
    const isShared = key in globalOptions && spec.type === 'boolean';
    if (isShared && line.globals.get(key) === true) options[key] = true;
  }
  return options;
}

/** A command may have its own option that names the profile. */
function withProfile(
  { options: specs }: Command,
  options: Readonly<Record<string, unknown>>,
  globals: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  const key = Object.keys(specs).find((name) => specs[name]?.isProfile === true);
  const profile = key === undefined ? undefined : options[key];
  return profile === undefined ? globals : new Map([...globals, ['profile', profile]]);
}

/** True when the result is read by a shell (`eval "$(coaia ... --export-env)"`). */
function isForShell(options: Readonly<Record<string, unknown>>): boolean {
  return ['export-env', 'exportEnv', 'export-format', 'exportFormat'].some(
    (key) => options[key] !== undefined && options[key] !== false,
  );
}

async function runCommand(io: CliIo, command: Command, line: ParsedLine): Promise<number> {
  const options = toOwnOptions(command, line);
  const flags = toFlags(withProfile(command, options, line.globals));
  const paths = (line.globals.get('env') ?? []) as readonly string[];
  const environment = await readEnvironment(io, paths);
  const interrupt = openInterrupt(io, flags.timeout);
  const witness = createWitness(io);
  try {
    const out = createOutput(io, {
      json: flags.json,
      quiet: flags.quiet,
      color: flags.color,
      resultOnly: isForShell(options),
      onClosed: interrupt.closeOutput,
      onList: witness.onList,
      onExported: witness.onExported,
    });
    await checkProtection(command, options, { io, flags, environment });
    const parts = { io, out, flags, environment, signal: interrupt.signal };
    const input = { options, args: line.args, rest: line.rest };
    const code = await runUntilStopped(command, parts, input, interrupt);
    if (code === EXIT.done)
      await witness.learn(command, input, { environment, profile: flags.profile });
    return code;
  } finally {
    interrupt.close();
  }
}

interface Parts {
  readonly io: CliIo;
  readonly out: ReturnType<typeof createOutput>;
  readonly flags: ReturnType<typeof toFlags>;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

type Input = Pick<ParsedLine, 'options' | 'args' | 'rest'>;

/** Runs the handler; after Ctrl-C it gets a moment to clean up, commands that run others as long as they need. */
async function runUntilStopped(
  command: Command,
  parts: Parts,
  input: Input,
  interrupt: Interrupt,
): Promise<number> {
  const { context, close } = openContext(command, parts);
  const handler = command.run as (context: unknown, input: unknown) => ReturnType<Command['run']>;
  const run = async () => {
    try {
      return await handler(context, input);
    } finally {
      await close();
    }
  };
  const work = run();
  try {
    const isPatient = command.takesRest === true || command.endsItself === true;
    const code = await (isPatient ? work : Promise.race([work, toGrace(parts.signal, work)]));
    if (isPatient && typeof code === 'number') return code;
    return toStoppedCode(interrupt) ?? code ?? EXIT.done;
  } catch (error) {
    const code = toStoppedCode(interrupt);
    if (code !== undefined) return code;
    throw interrupt.toTimeoutError() ?? error;
  }
}

/** 130 after Ctrl-C; 0 when the reader of a pipe had seen enough. Throws when --timeout has passed. */
function toStoppedCode(interrupt: Interrupt): number | undefined {
  if (interrupt.isInterrupted()) return EXIT.interrupted;
  const late = interrupt.toTimeoutError();
  if (late !== undefined) throw late;
  return interrupt.isClosed() ? EXIT.done : undefined;
}

/** Settles a moment after the signal is aborted, so that a handler that ignores it cannot hold the process. */
function toGrace(signal: AbortSignal, work: Promise<unknown>): Promise<undefined> {
  return new Promise((resolve) => {
    const start = () => {
      const timer = setTimeout(() => resolve(undefined), GRACE_MS);
      work.finally(() => clearTimeout(timer)).catch(() => {});
    };
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true });
  });
}
