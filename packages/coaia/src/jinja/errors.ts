/** Codes of templates: COAIA-0970 to 0999. Every sentence ends with the place in the text. */
import { defineErrors, EXIT } from '#base';

export const jinjaErrors = defineErrors({
  'COAIA-0970': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'A template cannot be read: a tag that does not end, a word where another was expected, or a tag that does not exist. The sentence names line and column, both counted from 1.',
  },
  'COAIA-0971': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'A template uses a name that has no value, and rendering is strict (or reads an attribute of such a name, which is never allowed). Give the variable, or write `{{ name | default("...") }}`.',
  },
  'COAIA-0972': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'An expression of a template does not fit its values, for example a number added to a text. The rules are those of Jinja2, which are those of Python.',
  },
  'COAIA-0973': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'A template was stopped at a limit: steps, time, length of a text or list, size of a range, or depth of nesting. Templates from elsewhere may be hostile, so each rendering is bounded.',
  },
  'COAIA-0974': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'A template names a filter or a test that does not exist here. The names are those of Jinja2, without `random`.',
  },
  'COAIA-0975': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContentError',
    explain:
      'A template asks for something that templates may not do: read another file (`include`, `import`, `extends`), or read a name of the environment other than a COAIA_* name that holds no secret.',
  },
});

/** A place in a template; both numbers count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

type Code = keyof typeof jinjaErrors.table;

/** One failure of a template, with its place at the end of the sentence and in `details`. */
export function failAt(code: Code, message: string, at: Place) {
  return jinjaErrors.create(code, `${message} (line ${at.line}, column ${at.column}).`, {
    details: { line: at.line, column: at.column },
  });
}

/** Thrown by filters and operators, which do not know their place; the evaluator adds it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code: Code;

  constructor(message: string, code: Code = 'COAIA-0972') {
    super(message);
    this.code = code;
  }
}
