/** Regular expressions that users wrote, run so that none of them can hold the server up. */
import type { Context, Script } from 'node:vm';

/** A match that takes longer counts as none. Model names and usage keys are short, so honest ones take microseconds. */
const LIMIT_MS = 20;
/** No vendor's model name is longer; a longer text is not matched at all. */
const MAX_LENGTH = 200;
const MAX_REMEMBERED = 5000;

const remembered = new Map<string, boolean>();
let machine: { readonly context: Context; readonly script: Script } | undefined;

/**
 * The pattern as a JavaScript expression. Langfuse's patterns are those of Postgres, which puts flags in front:
 * `(?i)^gpt-4o$`. Throws SyntaxError when it is none.
 */
export function toRegExp(pattern: string, isCaseSensitive = true): RegExp {
  const [, flags = '', source = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern) ?? [];
  const wanted = ['i', 'm', 's'].filter(
    (flag) => flags.includes(flag) || (flag === 'i' && !isCaseSensitive),
  );
  return new RegExp(source, wanted.join(''));
}

/** Whether the pattern is found in the text; remembered, because the same few names come again and again. */
export function isMatch(pattern: RegExp, text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const key = `${String(pattern)}\n${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const found = runMatch(pattern, text);
  remembered.set(key, found);
  return found;
}

function runMatch(pattern: RegExp, text: string): boolean {
  machine ??= openMachine();
  Object.assign(machine.context, { pattern, text });
  try {
    return machine.script.runInContext(machine.context, { timeout: LIMIT_MS }) === true;
  } catch {
    return false;
  }
}

/** A context of its own is what gives a time limit; it is made when the first project has a model of its own. */
function openMachine() {
  const vm = process.getBuiltinModule('node:vm');
  return {
    context: vm.createContext(Object.create(null) as object),
    script: new vm.Script('pattern.test(text)'),
  };
}
