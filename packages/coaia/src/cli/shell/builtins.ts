/** Words that only the shell has: they change the session. */
import { isEnvName } from '#config';
import { usageError } from '../errors.ts';
import type { Session } from './session.ts';

export interface BuiltinOutput {
  readonly line: (text: string) => void;
}

export const BUILTINS: readonly (readonly [words: string, summary: string])[] = [
  ['ctx', 'Show the variables of this session'],
  ['exit', 'Leave; also quit and Ctrl-D'],
  ['set NAME VALUE', 'Set a variable for the commands that follow'],
  ['unset NAME', 'Forget a variable'],
  ['use trace|session|user|profile NAME', 'Work on that; without a NAME stop it'],
];

const USED: Readonly<Record<string, string>> = {
  trace: 'COAIA_TRACE_ID',
  session: 'COAIA_SESSION_ID',
  user: 'COAIA_USER_ID',
  profile: 'COAIA_PROFILE',
};

function toName(text: string | undefined): string {
  if (text === undefined) throw usageError('Missing: NAME.', 'set NAME VALUE');
  if (!isEnvName(text))
    throw usageError(`${JSON.stringify(text)} cannot be the name of a variable.`);
  return text;
}

function setVariable(session: Session, words: readonly string[]): void {
  const [first = '', ...rest] = words;
  const equals = first.indexOf('=');
  const [name, value] =
    equals > 0 ? [first.slice(0, equals), [first.slice(equals + 1), ...rest]] : [first, rest];
  if (value.length === 0) throw usageError('Missing: VALUE.', `set ${name || 'NAME'} VALUE`);
  session.set(toName(name || undefined), value.join(' '));
}

function use(session: Session, [what = '', name]: readonly string[]): void {
  const variable = USED[what];
  if (variable === undefined)
    throw usageError(`use takes one of ${Object.keys(USED).join(', ')}.`, 'use trace ID');
  session.set(variable, name);
}

/** Runs a builtin: `exit` for leaving, true when the words are one, false when they are a command's. */
export function runBuiltin(
  words: readonly string[],
  session: Session,
  out: BuiltinOutput,
): 'exit' | boolean {
  const [first, ...rest] = words;
  switch (first) {
    case 'exit':
    case 'quit':
      return 'exit';
    case 'ctx':
      for (const [name, value] of session.list()) out.line(`${name}=${value}`);
      return true;
    case 'set':
      setVariable(session, rest);
      return true;
    case 'unset':
      for (const name of rest.length === 0 ? [undefined] : rest)
        session.set(toName(name), undefined);
      return true;
    case 'use':
      use(session, rest);
      return true;
    default:
      return false;
  }
}
