/** Which keys of a coaia.json mean something: settings in every dialect, tags, and what CoAiAPy wrote. */
import { findNearest } from '#base';
import { toServicePath } from './service-tree.ts';
import { findSetting, settings } from './settings.ts';
import type { SettingSpec } from './settings.ts';

/** Objects and values beside the settings. */
export const EXTRA_KEYS: ReadonlySet<string> = new Set([
  '$schema',
  'schemaVersion',
  'profiles',
  'services',
  'langfuse',
  'openai',
  'redis',
  'jtaleconf',
  'aws',
  'pollyconf',
  'github',
  'audio',
  'mns',
]);

/** What CoAiAPy's sample holds and nothing reads any more. */
const PAST_KEYS =
  /^(?:model2|username|user_id|ca_mns|langfuse_auth3|langfuse_project|dalle_api_endpoint|pyapp_dalle_api_2405|default_size|default_temperature|default_preprompt_instruction\w*|\w*pre_prompt)$/;

/** What people set for the tags of `coaia p`. */
export const TAG_KEY = /^\w+_(?:instruction|temperature|model|provider|mns|prompt)$/;

/** True for a key of the top level that may stand in any settings file. */
export function isKnownKey(key: string): boolean {
  return findSetting(key) !== undefined || EXTRA_KEYS.has(key) || TAG_KEY.test(key);
}

/** True also for keys of the past, which are no mistakes in a coaia.json. */
export function isKnownInCoaiaJson(key: string): boolean {
  return isKnownKey(key) || PAST_KEYS.test(key);
}

/** The setting or object whose name is nearest; undefined when none is near. */
export function findNearestKey(key: string): string | undefined {
  return findNearest(key, [...settings.map(({ name }) => name), ...EXTRA_KEYS])[0];
}

/** Every path of a coaia.json that sets a setting, its name first. */
export function toKeyPaths(spec: SettingSpec): readonly string[] {
  const service = toServicePath(spec.name);
  return [spec.name, ...(service === undefined ? [] : [service]), ...(spec.also ?? [])];
}
