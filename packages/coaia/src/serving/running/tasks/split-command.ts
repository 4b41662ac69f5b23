/** A command of a task as words. There is no shell: nothing is expanded, piped or redirected. */
import { projectFailures } from '../../projects/errors.ts';

const OPERATORS = new Set(['|', '||', '&', '&&', ';', '<', '>', '>>', '2>', '2>&1', '&>']);
/** The last alternative is a quote that does not close. */
const WORD = /(?:[^\s"'\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+|["'\\]/gs;
const PART = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^"'\\]+)/gs;

/**
 * Words with the quotes and backslashes of a shell. AO112 for a quote that does not close, an empty command, and for
 * `&&`, `|`, `>` and the like, which would otherwise reach the program as plain words.
 */
export function splitCommand(command: string): readonly string[] {
  const raw = command.match(WORD) ?? [];
  const operator = raw.find((word) => OPERATORS.has(word));
  if (operator !== undefined)
    throw refuse(
      command,
      `\`${operator}\` is for a shell, and tasks have none. Write the commands as a list, or sh -c '...'`,
    );
  const open = raw.find((word) => /^["'\\]$/.test(word));
  if (open !== undefined) throw refuse(command, `${open} stands alone in it`);
  if (raw.length === 0) throw refuse(command, 'it is empty');
  return raw.map((word) =>
    word.replaceAll(PART, (_, escaped?: string, single?: string, double?: string, bare?: string) =>
      double === undefined
        ? (escaped ?? single ?? bare ?? '')
        : double.replaceAll(/\\(["\\$`])/g, '$1'),
    ),
  );
}

function refuse(command: string, reason: string) {
  return projectFailures.create(
    'AO112',
    `The command ${JSON.stringify(command)} cannot be run: ${reason}.`,
    { hint: 'ao config tasks' },
  );
}
