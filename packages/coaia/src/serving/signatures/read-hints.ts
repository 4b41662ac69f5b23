/** Parameters of the user's function, read from the source: nothing of it runs. */
import { basename, join } from 'node:path';
import { isObject } from '#base';
import { runProbe, toScriptPath } from '../interpreters/run-probe.ts';
import type { Clue } from './clue.ts';
import { toClue } from './clue.ts';
import type { Finding } from './finding.ts';

export interface HintsRequest {
  readonly language: 'python' | 'r';
  /** Path of the interpreter. */
  readonly interpreter: string;
  /** The project's folder, the file in it and the function in that. */
  readonly folder: string;
  readonly entry: { readonly file: string; readonly name: string };
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Param extends Clue {
  /** Counts from 1. */
  readonly line: number;
  readonly isTable: boolean;
}

export interface Hints {
  readonly params: readonly Param[];
  readonly line: number;
  readonly description?: string;
  readonly findings: readonly Finding[];
}

/** AO202 when the function is not there, AO203 for what the language cannot read. */
export async function readHints(request: HintsRequest): Promise<Hints> {
  const { language, interpreter, folder, entry, env } = request;
  const script = toScriptPath(
    language === 'r' ? './signature-hints.R' : './signature-hints.py',
    import.meta.url,
  );
  const flags = language === 'r' ? ['--vanilla'] : ['-B'];
  const args = [...flags, script, join(folder, entry.file), entry.name];
  const { output, errors } = await runProbe({ program: interpreter, args, env });
  const answer = parse(output);
  if (answer === undefined) return failed({ ...UNREAD, file: entry.file, cause: errors.trim() });
  if (typeof answer['error'] === 'string') return failed(toSyntax(entry.file, answer));
  if (!isObject(answer['found'])) return failed(toUnknown(entry, answer['functions']));
  return toHints(answer['found']);
}

const failed = (finding: Finding): Hints => ({ params: [], line: 1, findings: [finding] });

const UNREAD = {
  code: 'AO203',
  severity: 'error',
  message: 'The code of the model cannot be read.',
  fix: 'See what the language said.',
} as const;

export function parse(output: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer: unknown = JSON.parse(output);
    return isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function toSyntax(file: string, answer: Readonly<Record<string, unknown>>): Finding {
  const line = typeof answer['line'] === 'number' ? answer['line'] : 1;
  const cause = String(answer['error']);
  return {
    code: 'AO203',
    severity: 'error',
    message: `${basename(file)} line ${line}: this cannot be read: ${cause}.`,
    file,
    line,
    cause,
    fix: 'Correct the line.',
  };
}

function toUnknown(entry: HintsRequest['entry'], functions: unknown): Finding {
  const names = Array.isArray(functions) ? functions.map(String) : [];
  const there = names.length === 0 ? 'there is no function in it' : `there is ${names.join(', ')}`;
  return {
    code: 'AO202',
    severity: 'error',
    message: `${basename(entry.file)} has no function \`${entry.name}\`; ${there}.`,
    file: entry.file,
    fix: `Define \`${entry.name}\`, or set \`entry = "${entry.file}:NAME"\` under [model] in ao.toml.`,
  };
}

function toHints(found: Readonly<Record<string, unknown>>): Hints {
  const params = Array.isArray(found['params']) ? found['params'].filter(isObject) : [];
  const { description } = found;
  return {
    line: Number(found['line']),
    params: params.map((param) => ({
      ...toClue(param),
      line: Number(param['line']),
      isTable: param['isTable'] === true,
    })),
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    findings: [],
  };
}
