/** Whether a value fits its setting, and what would. */
import type { Setting } from './settings.ts';

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `7d`, `12h`, `90m`, `30s` in milliseconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(s|m|h|d|w)$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What the setting wants when the value does not fit, such as `one of a, b`; undefined when it fits. */
export function checkValue(setting: Setting, value: unknown): string | undefined {
  return checks[setting.kind](value, setting);
}

type Check = (value: unknown, setting: Setting) => string | undefined;

function want(isRight: boolean, wanted: string): string | undefined {
  return isRight ? undefined : wanted;
}

const checks: Readonly<Record<Setting['kind'], Check>> = {
  text: (value) => want(typeof value === 'string' && value.trim() !== '', 'a text'),
  path: (value) => want(isInside(value), 'the path of a file inside the project'),
  integer: (value, setting) =>
    want(Number.isInteger(value) && isWithin(value, setting), toWanted('a whole number', setting)),
  number: (value, setting) => want(isWithin(value, setting), toWanted('a number', setting)),
  switch: (value) => want(typeof value === 'boolean', 'true or false'),
  choice: (value, { choices = [] }) =>
    want(
      choices.includes(String(value)) && typeof value === 'string',
      `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`,
    ),
  texts: (value, { choices }) =>
    choices === undefined
      ? want(isTexts(value), 'a list of texts')
      : want(
          isTexts(value) && value.length > 0 && value.every((text) => choices.includes(text)),
          `a list of one or more of ${choices.map((choice) => `"${choice}"`).join(', ')}`,
        ),
  'texts-or-all': (value) => want(value === 'all' || isTexts(value), '"all" or a list of texts'),
  'switch-or-auto': (value) =>
    want(value === 'auto' || typeof value === 'boolean', 'true, false or "auto"'),
  duration: (value) =>
    want(
      typeof value === 'string' && parseDuration(value) !== undefined,
      'a time such as "12h" or "7d"',
    ),
  scalar: (value) => want(isScalar(value), 'a text, a number, true or false'),
  scalars: (value) =>
    want(
      Array.isArray(value) && value.length > 0 && value.every((item) => isScalar(item)),
      'a list of values',
    ),
  map: (value) => want(isMap(value), 'a table of texts'),
  canary: (value) => want(isCanary(value), 'a table such as { version = 4, percent = 10 }'),
};

function isInside(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  return !/^(?:[\\/~]|[A-Za-z]:)/.test(value) && !value.split(/[\\/]/).includes('..');
}

function isWithin(value: unknown, { min, max }: Setting): boolean {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= (min ?? value) &&
    value <= (max ?? value)
  );
}

function toWanted(kind: string, { min, max }: Setting): string {
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  return min === undefined ? kind : `${kind} of at least ${min}`;
}

function isMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}

function isCanary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { version, percent, ...rest } = value as Readonly<Record<string, unknown>>;
  const isShare = typeof percent === 'number' && percent >= 0 && percent <= 100;
  return Number.isInteger(version) && isShare && Object.keys(rest).length === 0;
}

/** A text of the environment or the command line as the setting's own kind of value; unchanged when it is none. */
export function fromText(setting: Setting, text: string): unknown {
  if (setting.kind === 'text' || setting.kind === 'path' || setting.kind === 'choice') return text;
  if (setting.kind === 'texts' || (setting.kind === 'texts-or-all' && text !== 'all'))
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
