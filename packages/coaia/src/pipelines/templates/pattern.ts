/** Patterns of variables, run so that none of them can hold the program up: templates come from others. */
import type { Context, Script } from 'node:vm';

/** Honest patterns take microseconds; one that takes longer counts as not matching. */
const LIMIT_MS = 100;

let machine: { readonly context: Context; readonly script: Script } | undefined;

/** The whole text must match; undefined for what is no expression. */
export function toPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
}

/** Whether the pattern matches within the time; a context of its own is what gives a limit. */
export function matches(pattern: RegExp, text: string): boolean {
  const vm = process.getBuiltinModule('node:vm');
  machine ??= {
    context: vm.createContext(Object.create(null) as object),
    script: new vm.Script('pattern.test(text)'),
  };
  Object.assign(machine.context, { pattern, text });
  try {
    return machine.script.runInContext(machine.context, { timeout: LIMIT_MS }) === true;
  } catch {
    return false;
  }
}
