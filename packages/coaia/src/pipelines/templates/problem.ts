/** What is wrong with a template, in the form that every output of `validate` starts from. */

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** The rule, in kebab-case; docs/pipelines.md lists them. */
  readonly code: string;
  readonly message: string;
  /** Where in the document, for example `steps.2.parent`; empty for the whole. */
  readonly path: string;
  /** From 1; null when the place has no line of its own. */
  readonly line: number | null;
}

/** A problem before its line is looked up. */
export interface Finding {
  /** An error when absent. */
  readonly severity?: 'warning' | undefined;
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** True when something stands in the way of using the template. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** `line 4, steps.2.parent: ...` */
export function toSentence({ line, path, message }: Problem): string {
  const where = [line === null ? '' : `line ${line}`, path].filter((part) => part !== '');
  return where.length === 0 ? message : `${where.join(', ')}: ${message}`;
}
