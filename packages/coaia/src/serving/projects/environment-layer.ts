/** Settings from the environment (`AO_API_PORT`) and from flags (`--port`). */
import type { Layer, SettingProblem, SettingValue } from './layer.ts';
import { toTableName } from './layer.ts';
import { checkValue, fromText } from './setting-check.ts';
import { findSetting, projectSettings } from './settings.ts';
import type { Setting } from './settings.ts';
import { fromKeyPath } from './toml-lines.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `api.max_body_mb` -> `AO_API_MAX_BODY_MB`; of models every word that is no letter or digit becomes `_`. */
export function toVariable(key: string): string {
  return `AO_${key.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;
}

/**
 * Values of variables. `AO_MODEL_X` is for every model, `AO_MODELS_NAME_X` for one; tables with names of the user's
 * own (inputs, secrets, tasks) have none.
 */
export function readEnvironmentLayer(env: Env, models: readonly string[]): Layer {
  const values = new Map<string, SettingValue>();
  const problems: SettingProblem[] = [];
  const read = (setting: Setting, key: string, variable: string) => {
    const text = env[variable];
    if (text !== undefined) addText({ values, problems }, { setting, key, text, origin: variable });
  };
  for (const setting of projectSettings) {
    const isModel = setting.table === 'model' || setting.table.startsWith('model.');
    if (setting.table.includes('*')) continue;
    const rest = `${setting.table.split('.').slice(1).join('.')}.${setting.key}`.replace(/^\./, '');
    if (!isModel) {
      const key = `${setting.table}.${setting.key}`;
      read(setting, key, toVariable(key));
      continue;
    }
    for (const model of models) {
      read(setting, `${model}.${rest}`, toVariable(`model.${rest}`));
      read(setting, `${model}.${rest}`, toVariable(`${model}.${rest}`));
    }
  }
  return { values, problems };
}

/** Values of flags by full key, such as `{ 'api.port': 8080 }`. Texts are read as in the environment. */
export function readFlagLayer(overrides: Readonly<Record<string, unknown>>): Layer {
  const values = new Map<string, SettingValue>();
  const problems: SettingProblem[] = [];
  for (const [key, value] of Object.entries(overrides)) {
    const path = fromKeyPath(key);
    const name = path.at(-1) ?? '';
    const setting = findSetting(toTableName(path.slice(0, -1)), name);
    if (setting === undefined) throw new TypeError(`no setting ${key}`);
    const origin = `--${name.replaceAll('_', '-')}`;
    if (typeof value === 'string')
      addText({ values, problems }, { setting, key, text: value, origin });
    else if (value !== undefined) addChecked({ values, problems }, { setting, key, value, origin });
  }
  return { values, problems };
}

interface Target {
  readonly values: Map<string, SettingValue>;
  readonly problems: SettingProblem[];
}

interface Given {
  readonly setting: Setting;
  readonly key: string;
  readonly origin: string;
}

function addText(target: Target, { text, ...given }: Given & { readonly text: string }): void {
  addChecked(target, { ...given, value: fromText(given.setting, text) });
}

function addChecked(target: Target, given: Given & { readonly value: unknown }): void {
  const { setting, key, value, origin } = given;
  const wanted = checkValue(setting, value);
  if (wanted === undefined) {
    target.values.set(key, { value, origin });
    return;
  }
  target.problems.push({
    code: 'AO102',
    severity: 'error',
    message: `${origin} (\`${key}\`) is ${wanted}, not ${JSON.stringify(value)}.`,
    file: origin,
    fix: `set ${origin} to ${wanted}`,
  });
}
