/** The value of every setting, where it comes from, and what else was offered. */
import { configErrors } from './errors.ts';
import type { Env, HomePaths } from './home.ts';
import { findHome, homePaths } from './home.ts';
import type { JsonRecord } from './json-file.ts';
import { findKeyLine } from './key-line.ts';
import { findNearestKey, isKnownInCoaiaJson, isKnownKey, toKeyPaths } from './known-keys.ts';
import { findProfile } from './profile.ts';
import { readSmallFile } from './read-file.ts';
import { isReference, openReference } from './reference.ts';
import type { ReferenceContext } from './reference.ts';
import { invalidSetting, parseSetting } from './setting-value.ts';
import { settings } from './settings.ts';
import type { SettingName, SettingSpec, SettingValues } from './settings.ts';
import { readSources } from './sources.ts';
import type { Source } from './sources.ts';

/** One place that offers a value for a setting. */
export interface Candidate {
  /** A path, `environment`, `command line` or `default`. */
  readonly source: string;
  readonly family: Source['family'] | 'default';
  /** The variable or key it was found under. */
  readonly key: string;
  readonly value: unknown;
  readonly wins: boolean;
  /** Why it does not win although nothing above it does. */
  readonly note?: string;
}

export interface ResolveOptions {
  readonly env: Env;
  readonly cwd: string;
  /** Values from the command's own flags, by setting name. */
  readonly flags?: Readonly<Partial<Record<SettingName, unknown>>>;
  /** `--data`; else COAIA_HOME, else ~/.coaia. */
  readonly home?: string;
  /** `--profile`; else what `findProfile` finds. */
  readonly profile?: string;
  /** What --env files hold, in the order given; `env` contains it already. */
  readonly envFiles?: readonly { readonly path: string; readonly values: Env }[];
}

export interface ResolvedSettings {
  readonly values: SettingValues;
  readonly candidates: Readonly<Record<SettingName, readonly Candidate[]>>;
  readonly paths: HomePaths;
  /** Every JSON file of settings that was read, the highest first: keys that are no settings, such as tags. */
  readonly records: readonly JsonRecord[];
  readonly profile: string | undefined;
  /** What chose the profile: an option, a variable, or the path of the list that `env use` writes. */
  readonly profileSource: string | undefined;
  /** Sentences for stderr: skipped lines, ignored values. */
  readonly warnings: readonly string[];
  readonly env: Env;
}

/**
 * Resolves all settings. Throws COAIA-0201 (damaged file), COAIA-0202 (value not taken), COAIA-0203 (unknown
 * key in config.json), COAIA-0204 (no name of a profile), COAIA-0212 (no home).
 */
export function resolveSettings(options: ResolveOptions): ResolvedSettings {
  const { env, cwd, flags = {}, envFiles = [] } = options;
  const home = findHome({ env, cwd }, options.home);
  const { name: profile, source: profileSource } = findProfile(options, home);
  const sources = readSources({ env, cwd, home, profile, flags, envFiles });
  const warnings = sources.flatMap(({ problems = [] }) => problems);
  for (const source of sources) checkKeys(source, warnings);
  const candidates: Partial<Record<SettingName, readonly Candidate[]>> = {};
  const values: Partial<Record<SettingName, unknown>> = {};
  const filled = sources.filter(isFilled);
  const offered = new Map(settings.map((spec) => [spec.name, findOffers(spec, filled)] as const));
  const langfuse = findFamily(offered, sources);
  for (const spec of settings as readonly SettingSpec[]) {
    const name = spec.name as SettingName;
    const family = spec.group === undefined ? undefined : langfuse;
    const rules = { family, isGuarded: isGuarded(spec, candidates), warnings };
    const chosen = chooseOffer(spec, offered.get(name) ?? [], rules);
    candidates[name] = chosen.candidates;
    setValue(values, name, chosen, { env, cwd, sources });
  }
  return {
    values: values as SettingValues,
    candidates: candidates as Record<SettingName, readonly Candidate[]>,
    paths: homePaths(home),
    records: sources.flatMap(({ record, path }) => (record && path ? [record] : [])),
    profile,
    profileSource,
    warnings,
    env,
  };
}

interface Chosen {
  readonly value: unknown;
  readonly offer?: Offer | undefined;
  readonly candidates: readonly Candidate[];
}

/** A secret by reference is fetched when it is used: most commands use none, and a keyring takes its time. */
function setValue(
  values: Partial<Record<SettingName, unknown>>,
  name: SettingName,
  { value, offer }: Chosen,
  context: ReferenceContext,
): void {
  if (offer?.source.record === undefined || !isReference(value)) {
    values[name] = value;
    return;
  }
  let opened: string | undefined;
  Object.defineProperty(values, name, {
    enumerable: true,
    get: () => (opened ??= openReference(value, offer.key, offer.source, context)),
  });
}

interface Offer {
  readonly source: Source;
  readonly key: string;
  readonly value: unknown;
}

/** Most starts have no flags that are settings, and few files. */
function isFilled({ variables, record }: Source): boolean {
  return variables !== undefined || (record !== undefined && Object.keys(record).length > 0);
}

/** Offers for one setting, highest source first. An empty text counts as unset. */
function findOffers(spec: SettingSpec, sources: readonly Source[]): readonly Offer[] {
  const offers: Offer[] = [];
  let paths: readonly string[] | undefined;
  const add = (source: Source, key: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') offers.push({ source, key, value });
  };
  for (const source of sources) {
    const { variables, record } = source;
    if (variables !== undefined) for (const key of spec.env) add(source, key, variables[key]);
    if (record === undefined) continue;
    paths ??= toKeyPaths(spec);
    for (const key of paths) add(source, key, readPath(record, key));
  }
  return offers;
}

/** True when a project, that somebody else may have written, says where a secret goes to. */
function isGuarded(
  { sentTo = [] }: SettingSpec,
  candidates: Readonly<Partial<Record<SettingName, readonly Candidate[]>>>,
): boolean {
  const winners = sentTo.map((name) => candidates[name as SettingName]?.find(({ wins }) => wins));
  return winners.some((winner) => winner?.family === 'project');
}

interface Rules {
  /** The only family that may set it. */
  readonly family: Source['family'] | undefined;
  /** Only the project's own value counts. */
  readonly isGuarded: boolean;
  readonly warnings: string[];
}

function readPath(record: JsonRecord | undefined, path: string): unknown {
  let at: unknown = record;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonRecord)[key];
  }
  return at;
}

/** The family of the highest source that says anything about the server; address and keys come from it alone. */
function findFamily(
  offered: ReadonlyMap<string, readonly Offer[]>,
  sources: readonly Source[],
): Source['family'] | undefined {
  const speaking = new Set(
    (settings as readonly SettingSpec[])
      .filter(({ group }) => group !== undefined)
      .flatMap(({ name }) => offered.get(name) ?? [])
      .map(({ source }) => source),
  );
  return sources.find((source) => speaking.has(source))?.family;
}

/** `port in /home/me/coaia.json, line 3`. */
function toOrigin({ source, key }: Offer): string {
  const { path, record, label, family } = source;
  const text = path === undefined || record === undefined ? undefined : readSmallFile(path);
  const inProfile = /\(profile (.+)\)$/.exec(label)?.[1];
  const parts = [...(inProfile === undefined ? [] : ['profiles', inProfile]), ...key.split('.')];
  const line = text === undefined ? undefined : findKeyLine(text, parts);
  return `${key} in ${family === 'flags' ? 'the command line' : label}${line === undefined ? '' : `, line ${line}`}`;
}

function chooseOffer(spec: SettingSpec, offers: readonly Offer[], rules: Rules): Chosen {
  let value: unknown;
  let winner: Offer | undefined;
  const candidates = offers.map((offer): Candidate => {
    const { source, key, value: given } = offer;
    const base = { source: source.label, family: source.family, key, value: given };
    if (winner !== undefined) return { ...base, wins: false };
    const note = findObjection(spec, source, given, rules);
    if (note !== undefined) {
      if (spec.tightenOnly === true) rules.warnings.push(`${source.label}: ${spec.name} ${note}.`);
      return { ...base, wins: false, note };
    }
    const parsed =
      spec.secret === true && isReference(given) ? { value: given } : parseSetting(spec, given);
    if ('problem' in parsed) throw invalidSetting(spec, toOrigin(offer), parsed.problem);
    value = parsed.value;
    winner = offer;
    return { ...base, wins: true };
  });
  if (spec.default === undefined) return { value, offer: winner, candidates };
  const fallback: Candidate = {
    source: 'default',
    family: 'default',
    key: spec.name,
    value: spec.default,
    wins: winner === undefined,
  };
  const chosen = winner === undefined ? spec.default : value;
  return { value: chosen, offer: winner, candidates: [...candidates, fallback] };
}

/** Why a source may not decide; undefined when it may. */
function findObjection(
  spec: SettingSpec,
  source: Source,
  given: unknown,
  { family, isGuarded: isForeign }: Rules,
): string | undefined {
  if (isForeign && source.family !== 'project')
    return 'is not used: the project sets the address that it would be sent to';
  if (family !== undefined && source.family !== family)
    return `is not used: address and keys of a server come from one source (${family})`;
  if (source.family !== 'project' && source.family !== 'legacy') return undefined;
  if (spec.tightenOnly === true) {
    const parsed = parseSetting(spec, given);
    return 'value' in parsed && parsed.value === false
      ? 'can be switched on by a project, not off'
      : undefined;
  }
  return spec.places.includes('project') ? undefined : 'cannot be set by a project';
}

/** A mistyped key: an error in config.json, which is ours alone, a warning in files of other programs. */
function checkKeys({ isOwn, record, path, label }: Source, warnings: string[]): void {
  if (record === undefined || path === undefined) return;
  const isKnown = isOwn === true ? isKnownKey : isKnownInCoaiaJson;
  for (const unknown of Object.keys(record).filter((key) => !isKnown(key))) {
    const nearest = findNearestKey(unknown);
    if (isOwn === true) {
      const close = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
      throw configErrors.create('COAIA-0203', `${label}: ${unknown} is not a setting.${close}`, {
        hint: `coaia config unset ${unknown}`,
      });
    }
    if (nearest !== undefined)
      warnings.push(`${label}: ${unknown} is not a setting. Did you mean ${nearest}?`);
  }
}

/** Throws COAIA-0226 when the profile that these options choose is protected. */
export function checkProtected(options: ResolveOptions): void {
  const { values, profile } = resolveSettings(options);
  if (!values.protected) return;
  const what = profile === undefined ? 'These settings are' : `The profile ${profile} is`;
  throw configErrors.create('COAIA-0226', `${what} protected.`, { hint: 'add --yes' });
}
