/** Which action a step means. */
import type { ActionEntry } from '#surface';
import type { RenderedStep } from '../templates/rendered.ts';
import { runFailures } from './errors.ts';

/** Fails with COAIA-5100. */
export function requireAction(
  { findAction }: { readonly findAction: (name: string) => ActionEntry | undefined },
  { id, action: name = '' }: Pick<RenderedStep, 'id' | 'action'>,
): ActionEntry {
  const entry = findAction(name);
  if (entry !== undefined) return entry;
  throw runFailures.create(
    'COAIA-5100',
    `Step "${id}" names the action "${name}", which does not exist.`,
    { hint: 'coaia pipeline actions' },
  );
}
