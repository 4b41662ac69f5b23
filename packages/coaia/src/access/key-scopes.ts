/** Scopes of keys: `predict:MODEL` and `deploy:MODEL`, where `*` is every model. */
import { invalidRequest } from '#base';
import type { Scope } from '#base';
import { accessErrors } from './errors.ts';

const FORM = /^(?:predict|deploy):(?:\*|[A-Za-z0-9][A-Za-z0-9._-]{0,127})$/;

/** As the store keeps them. A list that cannot be read opens nothing. */
export function parseKeyScopes(text: string): readonly string[] {
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** For the store; null: no scopes. Throws COAIA-0002 for what is no scope, and for an empty list. */
export function toKeyScopes(scopes: readonly string[] | null | undefined): string | null {
  if (scopes === null || scopes === undefined) return null;
  const wrong = scopes.find((one) => !FORM.test(one));
  if (wrong === undefined && scopes.length > 0) return JSON.stringify([...new Set(scopes)]);
  throw invalidRequest(
    wrong === undefined
      ? 'The list of scopes is empty; leave it out for a key without scopes.'
      : `${JSON.stringify(wrong)} is no scope. Write predict:MODEL, predict:*, deploy:MODEL or deploy:*.`,
  );
}

/** What a route opens for keys with scopes. */
export interface KeyScopeNeed {
  readonly right: 'predict' | 'deploy';
  /** The model that the address names. */
  readonly model: string | undefined;
}

/** Refuses keys with scopes everywhere but where one of their scopes names right and model: COAIA-0328. */
export function requireKeyScope({ scopes }: Scope, need?: KeyScopeNeed): void {
  if (scopes === undefined) return;
  const { right, model } = need ?? {};
  const isIncluded =
    model !== undefined && [`${right}:${model}`, `${right}:*`].some((one) => scopes.includes(one));
  if (isIncluded) return;
  throw accessErrors.create(
    'COAIA-0328',
    `This key opens ${scopes.join(', ') || 'nothing'} only.`,
    { hint: 'coaia keys create' },
  );
}
