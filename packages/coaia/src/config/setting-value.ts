/** From text to a setting's value, and to what may be shown of it. */
import { configErrors } from './errors.ts';
import type { SettingSpec } from './settings.ts';

export type SettingValue = string | number | boolean;

/** The value of a text or JSON scalar; a sentence in `problem` when the setting does not take it. */
export function parseSetting(
  spec: SettingSpec,
  given: unknown,
): { readonly value: SettingValue } | { readonly problem: string } {
  if (!['string', 'number', 'boolean'].includes(typeof given))
    return { problem: 'takes a single value' };
  const text = String(given).trim();
  switch (spec.type) {
    case 'text':
      return { value: text };
    case 'flag':
      return parseFlag(text);
    case 'number':
      return parseNumber(spec, text);
    case 'url':
      return parseUrl(text);
    case 'choice': {
      const choice = spec.choices?.find((one) => one.toLowerCase() === text.toLowerCase());
      return choice === undefined
        ? { problem: `takes ${spec.choices?.join(' or ') ?? ''}` }
        : { value: choice };
    }
  }
}

function parseFlag(text: string) {
  const word = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(word)) return { value: true };
  if (['0', 'false', 'no', 'off'].includes(word)) return { value: false };
  return { problem: 'takes true or false' };
}

function parseNumber({ range = [-Infinity, Infinity] }: SettingSpec, text: string) {
  const value = Number(text);
  const isInside = /^-?\d+$/.test(text) && value >= range[0] && value <= range[1];
  return isInside ? { value } : { problem: `takes a whole number from ${range[0]} to ${range[1]}` };
}

function parseUrl(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { problem: 'takes an http or https address' };
  if (url.username !== '' || url.password !== '')
    return { problem: 'takes an address without a name and password' };
  return { value: text.replace(/\/+$/, '') };
}

/** The error for a value that a setting does not take; secrets are not repeated. */
export function invalidSetting(spec: SettingSpec, source: string, problem: string) {
  return configErrors.create('COAIA-0202', `${spec.name} ${problem} (set by ${source}).`, {
    hint: `coaia config explain ${spec.name}`,
  });
}

/** A value as it may be shown: secrets keep four characters, addresses lose their password. */
export function toShown(spec: SettingSpec, value: unknown): string {
  const text = String(value);
  if (spec.secret !== true || /^(?:env|file|keyring):/.test(text)) return text;
  if (/^[a-z]+:\/\//i.test(text)) return text.replace(/(:\/\/[^:@/]*:)[^@]*@/, '$1****@');
  return text.length < 12
    ? '****'
    : `${text.slice(0, text.startsWith('sk-lf-') ? 6 : 2)}...${text.slice(-4)}`;
}
