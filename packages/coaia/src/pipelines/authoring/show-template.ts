/** A template as lines for people. */
import type { Output } from '#surface';
import { toPlainOutput } from './plain-lines.ts';
import type { FoundTemplate, TemplateStep, TemplateVariable } from '../templates/template.ts';

/** Name, variables and steps, in the words of the contract. */
export function printTemplate(output: Output, found: FoundTemplate): void {
  const out = toPlainOutput(output);
  const { template, source, path, bases } = found;
  out.line(`Template: ${template.name}`);
  if (template.description !== null) out.line(`Description: ${template.description}`);
  out.line(`Version: ${template.version}`);
  if (template.author !== null) out.line(`Author: ${template.author}`);
  out.line(`Source: ${path ?? source}`);
  for (const base of bases) out.line(`Extends: ${base.name} ${base.version}`);
  out.line('');
  out.line(template.variables.length === 0 ? 'Variables: none' : 'Variables:');
  for (const variable of template.variables) {
    out.line(`  ${toVariableLine(variable)}`);
    if (variable.description !== undefined) out.line(`      ${variable.description}`);
  }
  out.line('');
  out.line(template.steps.length === 0 ? 'Steps: none' : 'Steps:');
  for (const [index, step] of template.steps.entries())
    out.line(`  ${index + 1}. ${toStepLine(step, template.steps)}`);
}

function toVariableLine(variable: TemplateVariable): string {
  const { name, type, required, default: value, choices, suggestions, secret } = variable;
  const isRequired = required && value === null;
  return [
    `${name} (${type}, ${isRequired ? 'required' : 'optional'})`,
    ...(value === null ? [] : [`(default: ${secret === true ? '***' : toText(value)})`]),
    ...(choices === undefined ? [] : [`(choices: ${choices.map(toText).join(', ')})`]),
    ...(suggestions === undefined ? [] : [`(usual: ${suggestions.map(toText).join(', ')})`]),
    ...(secret === true ? ['(secret)'] : []),
  ].join(' ');
}

function toStepLine(step: TemplateStep, steps: readonly TemplateStep[]): string {
  const { name, observation_type: type, parent, conditional, action } = step;
  const above = steps.find((one) => one.id === parent)?.name ?? parent;
  return [
    `${name} (${type})`,
    ...(above === undefined ? [] : [`→ parent: ${above}`]),
    ...(conditional === undefined ? [] : [`→ conditional: ${conditional}`]),
    ...(action === undefined ? [] : [`→ action: ${action}`]),
  ].join(' ');
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
