/** A plan, or what became of it, for people, build servers and GitHub. */
import { toAttribute } from '../runs/junit.ts';
import type { ChangeAction } from './change.ts';
import type { Deployed } from './deploy.ts';

type Line = Omit<Deployed, 'apply'>;

const DONE: Readonly<Record<ChangeAction, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  same: 'same',
};

/** What a list says of a change. */
export function toWord({ action, error }: Line, isDone: boolean): string {
  if (error !== null) return 'failed';
  return isDone ? DONE[action] : action;
}

/** Lines of the terminal: what happens, to what, from which file; then what differs. */
export function toLines(changes: readonly Line[], isDone: boolean): readonly string[] {
  return changes.flatMap((change) => {
    const { kind, name, file, details, error, action } = change;
    const head = `${toWord(change, isDone).padEnd(8)}${kind} ${name}${file === null ? '' : `  (${file})`}`;
    const below = error === null ? (action === 'same' || isDone ? [] : details) : [error];
    return [head, ...below.map((line) => `    ${line}`)];
  });
}

/** `2 to create, 1 to update, 3 the same`. */
export function toTotals(changes: readonly Line[], isDone: boolean): string {
  const words = changes.map((change) => toWord(change, isDone));
  const parts = [...new Set(words)].map((word) => {
    const count = words.filter((other) => other === word).length;
    const isTodo = !isDone && word !== 'same' && word !== 'failed';
    return `${count} ${isTodo ? `to ${word}` : word}`;
  });
  return parts.join(', ');
}

/** JUnit XML: a test case for each object; what is still to be done counts as skipped. */
export function toJunit(changes: readonly Line[], isDone: boolean): string {
  const failures = changes.filter(({ error }) => error !== null).length;
  const skipped = isDone ? 0 : changes.filter(({ action }) => action !== 'same').length;
  const name = isDone ? 'coaia pipeline deploy' : 'coaia pipeline plan';
  const cases = changes.map((change) => {
    const { kind, error, action, details } = change;
    const head = `<testcase classname="${kind}" name="${toAttribute(change.name)}"`;
    if (error !== null) return `${head}><failure message="${toAttribute(error)}"/></testcase>`;
    if (isDone || action === 'same') return `${head}/>`;
    const message = toAttribute([action, ...details].join('\n'));
    return `${head}><skipped message="${message}"/></testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="${name}" tests="${changes.length}" failures="${failures}" skipped="${skipped}">`,
    ...cases,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

/** Markdown for `$GITHUB_STEP_SUMMARY`. */
export function toSummary(changes: readonly Line[], isDone: boolean): string {
  const rows = changes
    .filter(({ action, error }) => action !== 'same' || error !== null)
    .map((change) => {
      const { kind, name, file, details, error } = change;
      const cells = [toWord(change, isDone), kind, name, file ?? '', error ?? details[0] ?? ''];
      return `| ${cells.map(toCell).join(' | ')} |`;
    });
  const table =
    rows.length === 0 ? [] : ['| | Kind | Name | File | |', '|---|---|---|---|---|', ...rows, ''];
  return [
    `### Coaia ${isDone ? 'deploy' : 'plan'}`,
    '',
    `${toTotals(changes, isDone)}.`,
    '',
    ...table,
  ].join('\n');
}

/** Text that stays inside its cell and is no HTML. */
function toCell(text: string): string {
  return text
    .slice(0, 300)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|`*_<>[\]]/g, String.raw`\$&`);
}
