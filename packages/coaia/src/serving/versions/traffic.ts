/** Who gets which version. Pure rules; `registry.ts` keeps it. */
import type { DeploymentGateRule } from '@coaia/client';
import { versionFailures } from './errors.ts';

/** Traffic of one model. Versions by number. */
export interface Traffic {
  /** Answers everybody that nothing else answers. */
  readonly champion: number;
  /** Named in comparisons; gets no traffic by itself. */
  readonly challenger?: number;
  /** Answers this share of the requests, 0 to 100. */
  readonly canary?: { readonly version: number; readonly percent: number };
  /** Answers beside the champion for comparison; callers never see it. */
  readonly shadow?: number;
  /** Header whose value decides between champion and canary, so that a caller keeps its version. */
  readonly sticky?: string;
  /** What a version must have shown before callers get it. */
  readonly gate?: DeploymentGateRule;
  /** Grows with every change. */
  readonly revision: number;
}

/** Which version answers, and which is only watched. */
export interface Choice {
  readonly version: number;
  readonly route: 'champion' | 'canary' | 'asked';
  readonly shadow?: number;
}

export interface Ask {
  /** `latest`, `champion`, `challenger` or a number; undefined: the traffic rules decide. */
  readonly asked?: string | undefined;
  /** Value of the sticky header of this caller. */
  readonly stickyKey?: string | undefined;
  /** Highest version there is. */
  readonly latest: number;
  /** In [0, 1), for callers without a sticky key. */
  readonly random: () => number;
}

/** Undefined when what was asked for is no alias, no number, or an alias that points nowhere. */
export function chooseVersion(traffic: Traffic, ask: Ask): Choice | undefined {
  if (ask.asked !== undefined) {
    const version = resolveAlias(traffic, ask.asked, ask.latest);
    return version === undefined ? undefined : { version, route: 'asked' };
  }
  const shadow = traffic.shadow === undefined ? {} : { shadow: traffic.shadow };
  const { canary } = traffic;
  if (canary !== undefined && toShare(ask) < canary.percent)
    return { version: canary.version, route: 'canary', ...shadow };
  return { version: traffic.champion, route: 'champion', ...shadow };
}

/** The version behind a name: an alias or the number itself. */
export function resolveAlias(traffic: Traffic, name: string, latest: number): number | undefined {
  if (name === 'champion') return traffic.champion;
  if (name === 'challenger') return traffic.challenger;
  if (name === 'latest') return latest;
  return /^[1-9]\d{0,8}$/.test(name) ? Number(name) : undefined;
}

/** Where in 0 to 100 this request falls. The same caller always at the same place, so a growing canary keeps it. */
function toShare({ stickyKey, random }: Ask): number {
  if (stickyKey === undefined || stickyKey === '') return random() * 100;
  // FNV-1a, 32 bit (http://www.isthe.com/chongo/tech/comp/fnv/), then its final mixing for short keys.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(stickyKey)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * 100;
}

/** What one command changes. Null takes something away. */
export interface TrafficChange {
  readonly champion?: number;
  readonly challenger?: number | null;
  readonly canary?: { readonly version: number; readonly percent: number } | null;
  readonly shadow?: number | null;
  readonly sticky?: string | null;
  readonly gate?: DeploymentGateRule | null;
}

/**
 * The traffic after a change, one revision on. A version that becomes champion stops being canary, challenger and
 * shadow. AO661 for a share outside 0 to 100 and for a canary or shadow that is the champion itself.
 */
export function changeTraffic(traffic: Traffic, change: TrafficChange): Traffic {
  const merged = { ...withoutNulls(traffic, change), revision: traffic.revision + 1 };
  const { champion } = merged;
  const promoted = change.champion !== undefined && change.champion !== traffic.champion;
  const kept = promoted ? withoutVersion(merged, champion) : merged;
  if (kept.canary !== undefined) requireShare(kept.canary.percent, kept.canary.version);
  for (const [word, version] of [
    ['canary', kept.canary?.version],
    ['shadow', kept.shadow],
  ] as const) {
    if (version === champion)
      throw versionFailures.create(
        'AO661',
        `Version ${version} is the champion already; a ${word} of itself compares nothing.`,
        { hint: 'ao versions' },
      );
  }
  return kept;
}

function withoutNulls(traffic: Traffic, change: TrafficChange): Traffic {
  const entries = Object.entries({ ...traffic, ...change }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(entries) as unknown as Traffic;
}

function withoutVersion(traffic: Traffic, version: number): Traffic {
  const { challenger, canary, shadow, ...rest } = traffic;
  return {
    ...rest,
    ...(challenger === undefined || challenger === version ? {} : { challenger }),
    ...(canary === undefined || canary.version === version ? {} : { canary }),
    ...(shadow === undefined || shadow === version ? {} : { shadow }),
  };
}

/** AO661 for a canary that would take less than nothing or more than everything. */
export function requireShare(percent: number, version?: number): void {
  if (percent >= 0 && percent <= 100) return;
  throw versionFailures.create(
    'AO661',
    `A canary takes 0 to 100 per cent of the requests, not ${percent}.`,
    { hint: `ao deploy ${version === undefined ? '' : `--to ${version} `}--canary 10` },
  );
}
