/** `--answers FILE`: the `services` tree of coaia.json, in JSON, and where secrets are kept. */
import { isObject } from '#base';
import { readJsonFile, services } from '#config';
import type { SettingName } from '#config';
import { cliErrors } from '../errors.ts';
import type { FormName } from './forms.ts';
import type { SecretPlace } from './write-answers.ts';

export interface AnswersFile {
  readonly answers: ReadonlyMap<SettingName, string>;
  /** Services that are named, to be tried. */
  readonly named: readonly FormName[];
  readonly secrets: SecretPlace;
}

function fail(path: string, sentence: string) {
  return cliErrors.create('COAIA-0512', `${path}: ${sentence}.`, {
    hint: 'coaia schema answers',
  });
}

const PLACES: readonly SecretPlace[] = ['file', 'env', 'keyring'];

/** Reads and checks everything before anything is done. Throws COAIA-0512 and COAIA-0201. */
export function readAnswers(path: string, only: readonly FormName[]): AnswersFile {
  const record = readJsonFile(path);
  if (record === undefined) throw fail(path, 'does not exist or is empty');
  const { services: tree = {}, secrets = 'file', $schema: _schema, ...others } = record;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw fail(path, `${unknown} is not known; there are services, secrets`);
  const place = PLACES.find((one) => one === secrets);
  if (place === undefined) throw fail(path, `secrets takes ${PLACES.join(', ')}`);
  if (!isObject(tree)) throw fail(path, 'services takes an object');
  const answers = new Map<SettingName, string>();
  const named = Object.entries(tree).map(([service, members]) => {
    const name = only.find((one) => one === service);
    if (name === undefined)
      throw fail(path, `${service} is no service; there are ${only.join(', ')}`);
    for (const [setting, text] of readMembers(path, name, members)) answers.set(setting, text);
    return name;
  });
  return { answers, named, secrets: place };
}

function readMembers(
  path: string,
  service: FormName,
  members: unknown,
): readonly (readonly [SettingName, string])[] {
  if (!isObject(members)) throw fail(path, `${service} takes an object`);
  const table = services[service] as Readonly<Record<string, SettingName>>;
  return Object.entries(members).map(([member, value]) => {
    const setting = table[member];
    const known = Object.keys(table).join(', ');
    if (setting === undefined)
      throw fail(path, `${service}.${member} is not known; there are ${known}`);
    if (!['string', 'number', 'boolean'].includes(typeof value))
      throw fail(path, `${service}.${member} takes a single value`);
    return [setting, String(value)];
  });
}
