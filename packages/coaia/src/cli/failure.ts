/** How a command that failed tells the user, and the exit code it ends with. */
import { dirname } from 'node:path';
import { commonErrors, EXIT, isCoaiaError } from '#base';
import type { CoaiaError } from '#base';
import type { CliIo } from './io.ts';
import { hasColor, toStyled } from './output.ts';
import { toPlainText } from './text-width.ts';

export interface FailureStyle {
  readonly json: boolean;
  readonly debug: boolean;
  readonly color: boolean;
  /** Usage line of the command, shown above usage errors. */
  readonly usage?: string;
  /** What to type for help, the hint of usage errors that have none. */
  readonly help?: string;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly exit: number;
  readonly stack: string | undefined;
}

/** Prints the error (stderr; under COAIA_COMPAT=coaiapy stdout, but for crashes) and returns the exit code. */
export function printFailure(io: CliIo, error: unknown, style: FailureStyle): number {
  const known = toFailure(error);
  const isUsage = known.exit === EXIT.usage;
  const failure = isUsage ? { ...known, hint: known.hint ?? style.help } : known;
  const isCompat = io.env['COAIA_COMPAT'] === 'coaiapy';
  const write = isCompat && !isUsage && !isCrash(known) ? io.stdout : io.stderr;
  const { message, code, hint = null } = failure;
  const isPainted = hasColor(io.env, style.color, io.stderrIsTerminal);
  write(
    style.json
      ? `${JSON.stringify({ error: message, code, hint })}\n`
      : renderFailure(failure, style, isPainted),
  );
  if (style.debug && failure.stack !== undefined) io.stderr(`${failure.stack}\n`);
  return isCompat ? toUpstreamExit(failure) : failure.exit;
}

function renderFailure(failure: Failure, style: FailureStyle, isPainted: boolean): string {
  const head = `Error ${failure.code}:`;
  // Messages quote what others wrote: a name in a template, an answer of a server.
  const message = toPlainText(failure.message);
  const lines = [`${isPainted ? toStyled('error', head) : head} ${message}`];
  if (failure.code === 'COAIA-0501' && style.usage !== undefined) lines.unshift(style.usage);
  if (failure.hint !== undefined) lines.push(`Fix: ${toPlainText(failure.hint)}`);
  return `${lines.join('\n')}\n`;
}

/** Upstream ended with 2 for usage, 1 for what it had not foreseen, and 0 for everything else. */
function toUpstreamExit(failure: Failure): number {
  if (failure.exit === EXIT.usage || failure.exit === EXIT.interrupted) return failure.exit;
  return isCrash(failure) || failure.code === 'COAIA-0502' ? EXIT.failed : EXIT.done;
}

/** Upstream dies of it, with a traceback on stderr. */
function isCrash({ exit, code }: Failure): boolean {
  return exit === EXIT.unreachable || code === 'COAIA-0001';
}

function toFailure(error: unknown): Failure {
  if (isCoaiaError(error)) return fromCoaiaError(error);
  if (isFullDisk(error)) return fromCoaiaError(toFullDisk(error));
  if (isForbidden(error)) return fromCoaiaError(toForbidden(error));
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    code: 'COAIA-0001',
    message: `Unexpected error: ${toSentence(error)}`,
    hint: 'run it again with --debug and report what it prints',
    exit: EXIT.failed,
    stack,
  };
}

/** Any command may meet it, and it is no defect. */
const isFullDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

function toFullDisk(cause: NodeJS.ErrnoException & { readonly dest?: string }): CoaiaError {
  const file = cause.dest ?? cause.path;
  const what = file === undefined ? 'nothing more can be written' : `${file} cannot be written`;
  return commonErrors.create('COAIA-0009', `The disk is full, so ${what}.`, {
    hint: 'df -h',
    cause,
  });
}

/** The system does not let this account write there; a folder below one that is read-only is told as ENOENT. */
function isForbidden(error: unknown): error is NodeJS.ErrnoException & { readonly path: string } {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  if (path === undefined) return false;
  return FORBIDDEN.has(code) || (code === 'ENOENT' && syscall.startsWith('mk'));
}

const FORBIDDEN = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR']);

function toForbidden(cause: NodeJS.ErrnoException & { readonly path: string }): CoaiaError {
  const { path, code } = cause;
  const reason = /^\w+: ([^,]+),/.exec(cause.message)?.[1] ?? code;
  const why = code === 'ENOENT' ? 'no folder can be made there' : reason;
  return commonErrors.create('COAIA-0008', `${path} cannot be opened or written: ${why}.`, {
    hint: `ls -ld ${dirname(path)}`,
    cause,
  });
}

function fromCoaiaError(error: CoaiaError): Failure {
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? ''}` : '';
  return {
    code: error.code,
    message: error.message,
    hint: error.hint,
    exit: error.definition.exit,
    stack: `${error.stack ?? ''}${cause}`,
  };
}

function toSentence(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const line = (text.split('\n')[0] ?? '').slice(0, 500);
  return line.endsWith('.') ? line : `${line}.`;
}
