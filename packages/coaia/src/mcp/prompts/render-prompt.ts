/** Puts arguments into a prompt. */
import type { PromptEntry } from '../surface.ts';

/** `{{name}}` becomes the argument; names without one stay as they are. */
export function renderPrompt(
  prompt: PromptEntry,
  values: Readonly<Record<string, string>>,
): string {
  return prompt.text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
