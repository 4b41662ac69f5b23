/** What a handler gets: its interface opened on demand, output, environment, stdin, signal. */
import type { Command, CommandContext, GlobalFlags, Output } from '#surface';
import { cliErrors } from './errors.ts';
import type { Environment } from './environment.ts';
import type { CliIo } from './io.ts';

export interface ContextParts {
  readonly io: CliIo;
  readonly out: Output;
  readonly flags: GlobalFlags;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

export interface OpenContext {
  readonly context: CommandContext<unknown>;
  /** Closes whatever the command opened; does nothing when it opened nothing. */
  readonly close: () => Promise<void>;
}

interface Opened {
  readonly api: unknown;
  readonly close: () => Promise<void>;
}

const ios = new WeakMap<object, CliIo>();

/** The process behind a context, for the shell's own commands that run other commands. */
export function getIo(context: object): CliIo {
  const io = ios.get(context);
  if (io === undefined) throw new TypeError('this context was not made by openContext');
  return io;
}

/** Builds the context; nothing is opened before the command asks. */
export function openContext(command: Command, parts: ContextParts): OpenContext {
  const { io, out, flags, environment, signal } = parts;
  let opened: Promise<Opened> | undefined;
  const context: CommandContext<unknown> = {
    open: async () => {
      opened ??= openApi(command, parts);
      return (await opened).api;
    },
    out,
    flags,
    env: environment.env,
    envFiles: environment.files,
    cwd: io.cwd,
    stdin: io.stdin,
    stdinIsTerminal: io.stdinIsTerminal,
    confirm: (question) => isConfirmed(parts, question),
    signal,
  };
  ios.set(context, io);
  const close = async () => {
    // An opening that failed has been reported by the command and left nothing open.
    const result = await opened?.catch(() => undefined);
    await result?.close();
  };
  return { context, close };
}

async function openApi(command: Command, parts: ContextParts): Promise<Opened> {
  if (command.needs === undefined) throw new TypeError(`${command.words} declares no needs`);
  const { flags, environment, io, signal, out } = parts;
  const { resolveSettings, resolveTarget } = await import('#config');
  const settings = resolveSettings({
    env: environment.env,
    envFiles: environment.files,
    cwd: io.cwd,
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
  for (const warning of settings.warnings) out.notice(`Note: ${warning}`);
  const target = resolveTarget(settings);
  const { openNeed } = await import('#main/open-workbench');
  const { database_url: url, durability, offline } = settings.values;
  return openNeed(command.needs.name, {
    target,
    store:
      url === undefined
        ? { kind: 'sqlite', path: settings.paths.database }
        : { kind: 'postgres', url },
    durability,
    env: environment.env,
    timeoutMs: flags.timeout === undefined ? undefined : flags.timeout * 1000,
    offline,
    ledgerPath: settings.paths.egressLedger,
    signal,
    settings,
  });
}

async function isConfirmed({ io, flags, signal }: ContextParts, question: string) {
  if (flags.yes) return true;
  if (flags.noInput || !io.stdinIsTerminal) {
    throw cliErrors.create('COAIA-0504', `${question} Nobody can be asked here.`, {
      hint: 'add --yes',
    });
  }
  io.stderr(`${question} [y/N] `);
  const answer = await io.readLine(signal);
  return /^y(?:es)?$/i.test(answer?.trim() ?? '');
}
