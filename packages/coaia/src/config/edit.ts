/** `config set` and `config unset`: one key of one JSON settings file. */
import { join } from 'node:path';
import { findNearest } from '#base';
import { configErrors } from './errors.ts';
import type { HomePaths } from './home.ts';
import type { JsonRecord } from './json-file.ts';
import { parseJsonRecord } from './json-file.ts';
import { damagedFile, readSmallFile } from './read-file.ts';
import type { SettingValue } from './setting-value.ts';
import { parseSetting } from './setting-value.ts';
import { findSetting, settings } from './settings.ts';
import type { SettingPlace, SettingSpec } from './settings.ts';
import { updateFile } from './write-file.ts';

export interface EditPlace {
  readonly place: SettingPlace;
  readonly cwd: string;
  readonly paths: HomePaths;
  readonly profile: string | undefined;
}

/** The file that `config set` writes to. */
export function toEditPath({ place, cwd, paths }: EditPlace): string {
  return place === 'project' ? join(cwd, 'coaia.json') : paths.config;
}

/** The entry of a setting; COAIA-0204 with a suggestion when there is none. Dashes and case do not matter. */
export function getSetting(name: string): SettingSpec {
  const found = findSetting(name) ?? findSetting(name.toLowerCase().replaceAll('-', '_'));
  if (found !== undefined) return found;
  const byVariable = settings.find(({ env }) => env.some((one) => one === name));
  if (byVariable !== undefined) return byVariable;
  const names = settings.map((setting) => setting.name);
  const [nearest] = findNearest(name, names);
  throw configErrors.create(
    'COAIA-0204',
    `${name} is not a setting.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
    { hint: 'coaia config show' },
  );
}

/** Writes a setting; returns the value as it was understood. Throws COAIA-0204, COAIA-0201, COAIA-0206. */
export function writeSetting(name: string, text: string, where: EditPlace): SettingValue {
  const spec = getSetting(name);
  if (!spec.places.includes(where.place)) throw wrongPlace(spec, where.place);
  const parsed = parseSetting(spec, text);
  if ('problem' in parsed) {
    throw configErrors.create('COAIA-0204', `${spec.name} ${parsed.problem}.`, {
      hint: `coaia config explain ${spec.name}`,
    });
  }
  const path = toEditPath(where);
  updateFile(path, () =>
    renderRecord(
      editRecord(path, readRecord(path) ?? {}, where.profile, (record) => ({
        ...record,
        [spec.name]: parsed.value,
      })),
    ),
  );
  return parsed.value;
}

function wrongPlace(spec: SettingSpec, place: SettingPlace) {
  const sentence =
    place === 'project'
      ? `${spec.name} cannot be set by a project.`
      : `${spec.name} is set by its environment variable only.`;
  return configErrors.create('COAIA-0204', sentence, {
    hint: spec.places.includes('home')
      ? `coaia config set ${spec.name} VALUE`
      : `export ${spec.env[0] ?? ''}=VALUE`,
  });
}

/** Removes a key, also one that is no setting; false when it was not there. */
export function removeSetting(name: string, where: EditPlace): boolean {
  const path = toEditPath(where);
  const current = readRecord(path);
  if (current === undefined) return false;
  let isRemoved = false;
  updateFile(path, () => {
    const next = editRecord(path, readRecord(path) ?? {}, where.profile, (record) => {
      const key = Object.hasOwn(record, name) ? name : (findSetting(name)?.name ?? name);
      isRemoved = Object.hasOwn(record, key);
      return Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));
    });
    return isRemoved ? renderRecord(next) : undefined;
  });
  return isRemoved;
}

function readRecord(path: string): JsonRecord | undefined {
  const text = readSmallFile(path);
  return text === undefined ? undefined : parseJsonRecord(path, text);
}

function editRecord(
  path: string,
  record: JsonRecord,
  profile: string | undefined,
  edit: (record: JsonRecord) => JsonRecord,
): JsonRecord {
  if (profile === undefined) return edit(record);
  const profiles = record['profiles'] ?? {};
  if (!isRecord(profiles)) throw damagedFile(path, 'profiles is not an object');
  const inner = profiles[profile] ?? {};
  if (!isRecord(inner)) throw damagedFile(path, `the profile ${profile} is not an object`);
  return { ...record, profiles: { ...profiles, [profile]: edit(inner) } };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renderRecord(record: JsonRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}
