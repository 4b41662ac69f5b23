import type { DeploymentTraffic, DeploymentTrafficChange } from '@coaia/client';

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

/** True for actions that give callers more of a version than they get now; the server asks the gate about those. */
export function isGated(
  action: TrafficAction,
  percent: number,
  traffic: DeploymentTraffic | null,
): boolean {
  if (action.kind === 'deploy') return action.version !== traffic?.champion;
  if (action.kind !== 'canary') return false;
  const { canary } = traffic ?? {};
  return canary?.version !== action.version || percent > canary.percent;
}
