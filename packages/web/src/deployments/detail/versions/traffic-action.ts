import type { DeploymentTrafficChange, VersionEvaluation } from '@coaia/client';

/** What is done to the traffic. */
export type TrafficAction =
  | { readonly kind: 'deploy' | 'canary' | 'shadow' | 'challenger'; readonly version: number }
  | { readonly kind: 'rollback' };

/** The change that an action makes; `percent` is the canary's share. */
export function toChange(
  action: Exclude<TrafficAction, { readonly kind: 'rollback' }>,
  percent: number,
): DeploymentTrafficChange {
  const { kind, version } = action;
  switch (kind) {
    case 'deploy':
      return { champion: version };
    case 'canary':
      return { canary: { version, percent } };
    case 'shadow':
      return { shadow: version };
    case 'challenger':
      return { challenger: version };
  }
}

/** A share in per cent above 0 and up to 100; undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const percent = Number(text);
  return text.trim() !== '' && percent > 0 && percent <= 100 ? percent : undefined;
}

/** Why the newest evaluation speaks against giving callers the version; empty when it does not, or there is none. */
export function listObjections(
  evaluations: readonly VersionEvaluation[],
  action: TrafficAction,
): readonly string[] {
  if (action.kind !== 'deploy' && action.kind !== 'canary') return [];
  const gate = evaluations.find(({ version }) => version === action.version)?.gate ?? null;
  return gate === null || gate.passes ? [] : gate.reasons;
}
