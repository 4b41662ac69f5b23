/** Values for a preview: what a template would record if somebody filled it in. */
import { isExpression } from '../templates/names-in.ts';
import type { Template, TemplateVariable, Values } from '../templates/template.ts';

/** The default, else the first choice or example, else something of the type that says that it is an example. */
export function toExampleValues({ variables }: Pick<Template, 'variables'>): Values {
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const value = toExample(variable);
      return value === undefined ? [] : [[variable.name, value]];
    }),
  );
}

function toExample(variable: TemplateVariable): unknown {
  const { name, type, default: value, choices, examples, suggestions } = variable;
  // Defaults, also those that are expressions, are filled in when the template is rendered.
  if (value !== null || isExpression(value)) return undefined;
  const [first] = choices ?? examples ?? suggestions ?? [];
  if (first !== undefined) return type === 'list' ? [first] : first;
  if (type === 'number') return variable.min ?? 42;
  if (type === 'boolean') return true;
  return type === 'list' ? [`example_${name}_1`, `example_${name}_2`] : `example_${name}`;
}
