/** Where results and notices go: stdout carries only the result. */
import type { Variables } from '#base';
import type { Output } from '#surface';
import type { CliIo } from './io.ts';
import { renderList, writeListFile } from './list-output.ts';
import { renderTable } from './table.ts';

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** False with --no-color. */
  readonly color: boolean;
  /** stdout is read by a program (`--export-env`): confirmations go to stderr. */
  readonly resultOnly: boolean;
  /** Called once when nobody reads stdout any more. */
  readonly onClosed?: () => void;
  /** Called with every list that is shown. */
  readonly onList?: (things: string, rows: readonly unknown[]) => void;
  readonly onExported?: (variables: Variables) => void;
}

type Style = Parameters<Output['style']>[0];

const codes: Readonly<Record<Style, string>> = {
  bold: '1',
  muted: '2',
  ok: '32',
  warn: '33',
  error: '31',
  accent: '36',
};

/** True when colours may be used on a stream: --no-color, then FORCE_COLOR, NO_COLOR, TERM=dumb, then the stream. */
export function hasColor(
  env: Readonly<Record<string, string | undefined>>,
  isAllowed: boolean,
  isTerminal: boolean,
): boolean {
  if (!isAllowed) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return isTerminal;
}

/** Wraps a text in terminal codes. */
export function toStyled(kind: Style, text: string): string {
  return `\u001B[${codes[kind]}m${text}\u001B[0m`;
}

/** The Output of one command. Writing to a closed pipe is silent and reported once through `onClosed`. */
export function createOutput(io: CliIo, options: OutputOptions): Output {
  let isOpen = true;
  const write = (text: string) => {
    if (!isOpen || text === '') return;
    isOpen = io.stdout(text);
    if (!isOpen) options.onClosed?.();
  };
  const notice = (text: string) => {
    if (!options.quiet) io.stderr(`${text}\n`);
  };
  const withColor = hasColor(io.env, options.color, io.stdoutIsTerminal);
  return {
    line: (text) => write(`${text}\n`),
    raw: write,
    bytes: (bytes) => {
      const { stdoutBytes } = io;
      if (stdoutBytes === undefined) write(Buffer.from(bytes).toString('utf8'));
      else if (isOpen && !(isOpen = stdoutBytes(bytes))) options.onClosed?.();
    },
    json: (value) => write(`${JSON.stringify(value, null, 2) ?? 'null'}\n`),
    table: (things, rows, columns) => write(renderTable(things, rows, columns, io.columns)),
    list: (view, values) => {
      const isJson = options.json || (view.isJsonInPipes === true && !io.stdoutIsTerminal);
      const text = renderList(view, values, { isJson, width: io.columns });
      options.onList?.(view.things, view.rows);
      const { output } = values;
      if (output === undefined || output === '-') write(text);
      else {
        writeListFile(output, io.cwd, text);
        notice(`Wrote ${view.rows.length} ${view.things} to ${output}.`);
      }
    },
    notice,
    confirm: (text) => {
      if (options.json || options.resultOnly) notice(text);
      else if (!options.quiet) write(`${text}\n`);
    },
    exported: (variables) => options.onExported?.(variables),
    style: (kind, text) => (withColor ? toStyled(kind, text) : text),
    width: io.columns ?? 80,
    isTerminal: io.stdoutIsTerminal,
  };
}
