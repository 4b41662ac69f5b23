import type { DeploymentTraffic } from '@coaia/client';
import { words } from './messages.ts';

/** The versions that stand beside the champion, in words. */
export function listBeside(traffic: DeploymentTraffic | null): readonly string[] {
  if (traffic === null) return [];
  const { canary, shadow, challenger } = traffic;
  return [
    ...(canary === undefined ? [] : [words.canary(canary.version, canary.percent)]),
    ...(shadow === undefined ? [] : [words.shadow(shadow)]),
    ...(challenger === undefined ? [] : [words.challenger(challenger)]),
  ];
}

/** What a version is at the moment: champion, canary, shadow, challenger. */
export function listRoles(traffic: DeploymentTraffic | null, version: number): readonly string[] {
  if (traffic === null) return [];
  const { champion, canary, shadow, challenger } = traffic;
  return [
    ...(champion === version ? [words.roles.champion] : []),
    ...(canary?.version === version ? [words.roles.canary(canary.percent)] : []),
    ...(shadow === version ? [words.roles.shadow] : []),
    ...(challenger === version ? [words.roles.challenger] : []),
  ];
}
