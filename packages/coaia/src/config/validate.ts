/** What is wrong with the text of a settings file: all of it, with lines, not only the first. */
import { isObject } from '#base';
import { findKeyLine } from './key-line.ts';
import {
  findNearestKey,
  isKnownInCoaiaJson,
  isKnownKey,
  TAG_KEY,
  toKeyPaths,
} from './known-keys.ts';
import { parseJsonRecord } from './json-file.ts';
import type { JsonRecord } from './json-file.ts';
import { isProfileName } from './profile.ts';
import { isReference } from './reference.ts';
import { services } from './service-tree.ts';
import { parseSetting } from './setting-value.ts';
import { settings } from './settings.ts';
import type { SettingSpec } from './settings.ts';

export interface SettingsProblem {
  readonly severity: 'error' | 'warning';
  readonly path: string;
  readonly line: number | undefined;
  /** Dotted. */
  readonly key: string;
  readonly message: string;
}

type Report = (
  severity: SettingsProblem['severity'],
  key: readonly string[],
  message: string,
) => void;

/** The problems of a file; `isOwn` for config.json, where unknown keys are errors. Throws COAIA-0201 for no JSON. */
export function findSettingsProblems(
  path: string,
  text: string,
  isOwn: boolean,
): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const report: Report = (severity, key, message) => {
    const line = findKeyLine(text, key);
    problems.push({ severity, path, line, key: key.join('.'), message });
  };
  const record = parseJsonRecord(path, text) ?? {};
  checkRecord(record, [], isOwn, report);
  const { profiles = {} } = record;
  if (!isObject(profiles)) report('error', ['profiles'], 'takes an object of profiles');
  else {
    for (const [name, profile] of Object.entries(profiles)) {
      const key = ['profiles', name];
      if (!isProfileName(name)) report('error', key, 'is no name of a profile');
      if (isObject(profile)) checkRecord(profile, key, isOwn, report);
      else report('error', key, 'takes an object');
    }
  }
  return problems;
}

function checkRecord(
  record: JsonRecord,
  at: readonly string[],
  isOwn: boolean,
  report: Report,
): void {
  const isKnown = isOwn ? isKnownKey : isKnownInCoaiaJson;
  for (const key of Object.keys(record).filter((one) => !isKnown(one))) {
    const nearest = findNearestKey(key);
    const close = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    report(isOwn ? 'error' : 'warning', [...at, key], `is not a setting${close}`);
  }
  for (const spec of settings as readonly SettingSpec[]) checkSetting(record, spec, at, report);
  for (const [key, value] of Object.entries(record)) checkTag(key, value, [...at, key], report);
  checkServices(record['services'], [...at, 'services'], report);
}

function checkSetting(
  record: JsonRecord,
  spec: SettingSpec,
  at: readonly string[],
  report: Report,
): void {
  for (const path of toKeyPaths(spec)) {
    const parts = path.split('.');
    const value = readAt(record, parts);
    if (value === undefined || value === null || value === '') continue;
    if (spec.secret === true && isReference(value)) continue;
    // The object of another dialect may have a setting's name: `stash`, `github`.
    if (isObject(value) && parts.length === 1 && path in services) continue;
    const parsed = parseSetting(spec, value);
    if ('problem' in parsed) report('error', [...at, ...parts], parsed.problem);
  }
}

function readAt(record: unknown, parts: readonly string[]): unknown {
  let at = record;
  for (const part of parts) at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  return at;
}

/** Tags of `coaia p`: texts, and a temperature from 0 to 2, the range of the OpenAI API. */
function checkTag(key: string, value: unknown, at: readonly string[], report: Report): void {
  if (key === 'mns' && !isObject(value)) report('error', at, 'takes an object of names of models');
  if (!TAG_KEY.test(key)) return;
  if (key.endsWith('_temperature')) {
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !(number >= 0 && number <= 2))
      report('error', at, 'takes a number from 0 to 2');
  } else if (typeof value !== 'string') report('error', at, 'takes a text');
}

function checkServices(tree: unknown, at: readonly string[], report: Report): void {
  if (tree === undefined) return;
  if (!isObject(tree)) {
    report('error', at, 'takes an object of services');
    return;
  }
  for (const [service, members] of Object.entries(tree)) {
    const known: Readonly<Record<string, string>> | undefined = (
      services as Readonly<Record<string, Readonly<Record<string, string>>>>
    )[service];
    const key = [...at, service];
    if (known === undefined)
      report('warning', key, `is no service; there are ${Object.keys(services).join(', ')}`);
    else if (!isObject(members)) report('error', key, 'takes an object');
    else {
      for (const member of Object.keys(members).filter((one) => known[one] === undefined))
        report(
          'warning',
          [...key, member],
          `is not known; there are ${Object.keys(known).join(', ')}`,
        );
    }
  }
}
