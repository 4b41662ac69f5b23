/** Words that many built-in templates share. */

/** A template as its file would have it. */
export interface BuiltIn {
  readonly name: string;
  readonly description: string;
  readonly [field: string]: unknown;
}

/** A template of the program's own. Those beyond the first five are marked `extra`. */
export function define(template: BuiltIn, isExtra = true): BuiltIn {
  const { name, description, ...rest } = template;
  const metadata = isExtra ? { metadata: { extra: true } } : {};
  return { name, version: '1.0.0', description, author: 'Coaia', ...metadata, ...rest };
}

/** An optional text. */
export function optional(name: string, description: string): object {
  return { name, type: 'string', required: false, description };
}

export const userId = optional('user_id', 'User of the trace');

/** A text that has to be given. */
export function required(name: string, description: string): object {
  return { name, type: 'string', required: true, description };
}

/** A text with a default; other values than the usual ones are accepted with a warning. */
export function usual(
  name: string,
  value: string,
  suggestions: readonly string[],
  description: string,
): object {
  return { name, type: 'string', default: value, suggestions, description };
}

export const MODELS = ['gpt-4', 'gpt-3.5-turbo', 'claude-3', 'llama-2'] as const;

/** What each criterion asks of a judge. */
export const CRITERIA: Readonly<Record<string, string>> = {
  helpfulness: 'Helpfulness: does it answer what was asked, completely and usefully?',
  correctness: 'Correctness: is everything it says true and free of contradictions?',
  clarity: 'Clarity: is it easy to read, well ordered, and without ambiguity?',
  relevance: 'Relevance: does it stay with what was asked and leave out the rest?',
  hallucination:
    'Grounding: does it invent nothing? 1 is fully supported by what was given, 0 is made up.',
};

/** An expression that gives the words for the criterion in a variable. */
export function criteriaOf(variable: string): string {
  const cases = Object.entries(CRITERIA).map(
    ([name, text], index) => `{% ${index === 0 ? 'if' : 'elif'} ${variable} == '${name}' %}${text}`,
  );
  return `${cases.join('')}{% else %}{{ ${variable} }}{% endif %}`;
}
