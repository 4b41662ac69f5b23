/** The four questions a caller has. */
import { failAt } from './errors.ts';
import type { RenderOptions, TemplateNames, TemplateVariables } from './options.ts';
import { RenderContext } from './running/context.ts';
import { evaluate, evaluateUsed, placed } from './running/evaluate.ts';
import { MissingValueError } from './running/missing-value.ts';
import { collectNames } from './running/names.ts';
import { runTemplate } from './running/run.ts';
import { Scope } from './running/scope.ts';
import type { Statement } from './syntax/nodes.ts';
import { parseTemplate } from './syntax/parse.ts';
import { isTruthy } from './values/compare.ts';
import { counting } from './values/cost.ts';
import { toPlain } from './values/convert.ts';
import { isText, Undefined } from './values/kinds.ts';
import { toText } from './values/show.ts';

/** Templates read lately; the same few are rendered again and again. */
const cache = new Map<string, readonly Statement[]>();
const CACHE_SIZE = 200;
const CACHED_LENGTH = 50_000;

function read(source: string): readonly Statement[] {
  const known = cache.get(source);
  if (known !== undefined) return known;
  const statements = parseTemplate(source);
  if (source.length <= CACHED_LENGTH) cache.set(source, statements);
  const [oldest] = cache.keys();
  if (cache.size > CACHE_SIZE && oldest !== undefined) cache.delete(oldest);
  return statements;
}

/**
 * The whole text, exactly as Jinja2 writes it with its default settings.
 * @throws COAIA-0970 to 0975, each with line and column.
 */
export function render(
  source: string,
  variables: TemplateVariables,
  options: RenderOptions = {},
): string {
  const context = new RenderContext(variables, options);
  return counting(context.meter, () => runTemplate(read(source), context));
}

/**
 * A text that is one whole `{{ expression }}` (blanks around it do not count) gives the value of the expression as
 * JSON-like data, undefined when it has none; any other text is rendered.
 */
export function renderValue(
  source: string,
  variables: TemplateVariables,
  options: RenderOptions = {},
): unknown {
  const output = wholeExpression(read(source));
  if (output === undefined) return render(source, variables, options);
  const context = new RenderContext(variables, options);
  try {
    return counting(context.meter, () => {
      const value = evaluate(output.expression, new Scope(context.outside), context);
      if (value instanceof Undefined && context.policy !== 'empty') context.miss(value);
      return toPlain(value);
    });
  } catch (error) {
    if (error instanceof MissingValueError) return output.source;
    throw placed(error, output.expression);
  }
}

function wholeExpression(statements: readonly Statement[]) {
  const parts = statements.filter((part) => part.kind !== 'text' || part.text.trim() !== '');
  const [only] = parts;
  return parts.length === 1 && only?.kind === 'output' ? only : undefined;
}

/** Texts that are false in a condition; case and blanks around them do not count. */
const FALSE_TEXTS = new Set([
  '',
  'false',
  '0',
  'no',
  'off',
  'none',
  'null',
  'disabled',
  '[]',
  '{}',
  '()',
  '0.0',
]);

/**
 * Whether a condition holds, written as a block, as `{{ expression }}` or as a bare expression. A text is false when
 * it is empty or says false, 0, no, off, none; everything else as in Python.
 */
export function isTrue(
  source: string,
  variables: TemplateVariables,
  options: RenderOptions = {},
): boolean {
  if (source.trim() === '') return false;
  const template = /\{[{%#]/.test(source) ? source : `{{ ${source} }}`;
  const statements = read(template);
  const output = wholeExpression(statements);
  const context = new RenderContext(variables, options);
  const value = counting(context.meter, () =>
    output === undefined
      ? runTemplate(statements, context)
      : evaluateCondition(output.expression, context),
  );
  return isText(value) ? !FALSE_TEXTS.has(toText(value).trim().toLowerCase()) : isTruthy(value);
}

function evaluateCondition(
  expression: Parameters<typeof evaluate>[0],
  context: RenderContext,
): unknown {
  try {
    return evaluateUsed(expression, new Scope(context.outside), context);
  } catch (error) {
    if (error instanceof MissingValueError) return false;
    throw placed(error, expression);
  }
}

/** What a template mentions and does not declare. @throws COAIA-0970 with line and column. */
export function findVariables(source: string): TemplateNames {
  try {
    return collectNames(read(source));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw failAt('COAIA-0973', 'The template is nested too deep', { line: 1, column: 1 });
  }
}
