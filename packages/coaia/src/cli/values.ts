/** From the text of an option to its value: numbers, choices, yes and no. */
import { findNearest } from '#base';
import type { OptionSpec } from '#surface';
import { usageError } from './errors.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The value of a text given to an option; `spelled` is how the user wrote the option. */
export function parseValue(spec: OptionSpec, spelled: string, text: string): string | number {
  if (spec.type === 'number') {
    if (!NUMBER.test(text.trim()) || !Number.isFinite(Number(text)))
      throw usageError(`${spelled} takes a number, not ${quote(text)}.`);
    return Number(text);
  }
  return spec.choices === undefined ? text : parseChoice(spec.choices, spelled, text);
}

function parseChoice(choices: readonly string[], spelled: string, text: string): string {
  const wanted = text.toLowerCase();
  const choice = choices.find((one) => one.toLowerCase() === wanted);
  if (choice !== undefined) return choice;
  const [nearest] = findNearest(text, choices);
  const close = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw usageError(`${spelled} takes one of ${choices.join(', ')}, not ${quote(text)}.${close}`);
}

/** `--flag=true` and its like; anything else is a usage error. */
export function parseSwitch(spelled: string, text: string): boolean {
  const word = text.toLowerCase();
  if (['true', 'yes', '1', 'on'].includes(word)) return true;
  if (['false', 'no', '0', 'off'].includes(word)) return false;
  throw usageError(`${spelled} takes no value, not ${quote(text)}.`);
}

/** A value inside a sentence, cut so that a pasted file does not fill the screen. */
export function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 57)}...` : line}"`;
}
