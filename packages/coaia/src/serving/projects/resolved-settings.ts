/** Every setting of a project with the value that counts and where it came from. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SettingValue } from './layer.ts';
import type { ModelSettings, Project } from './project.ts';
import { projectSettings } from './settings.ts';
import { toKeyPath } from './toml-lines.ts';

export interface ResolvedSetting {
  /** As it is written: `api.port`, `models.churn.workers`. */
  readonly key: string;
  /** Undefined when there is none. Of secrets: `set` or `unset`. */
  readonly value: unknown;
  /** `default`, `found`, `ao.toml:7`, `AO_API_PORT`. */
  readonly origin: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** In the order of the documentation. */
export function listResolved(
  project: Project,
  values: ReadonlyMap<string, SettingValue>,
  env: Env,
): readonly ResolvedSetting[] {
  const toResolved = (key: string, fallback: unknown, found?: unknown): ResolvedSetting => {
    const written = values.get(key);
    if (written !== undefined) return { key, ...written };
    if (found !== undefined) return { key, value: found, origin: 'found' };
    return { key, value: fallback, origin: 'default' };
  };
  const plain = projectSettings.filter(
    ({ table }) => !table.startsWith('model') && !table.startsWith('secrets'),
  );
  const isMany = [...values.keys()].some((key) => key.startsWith('models.'));
  const models = project.models.flatMap((model) => {
    const table = isMany ? toKeyPath(['models', model.name]) : 'model';
    return listModel(model, table).map(({ key, fallback, found }) =>
      toResolved(key, fallback, found),
    );
  });
  const named = [...values].filter(
    ([key]) => /^models?\..*inputs\./.test(key) || key.startsWith('tasks.'),
  );
  const secrets = project.secrets.map((secret) => toSecret(project.folder, secret, env));
  const others = plain.map(({ table, key, default: fallback }) =>
    toResolved(`${table}.${key}`, fallback),
  );
  const head = others.filter(({ key }) => key.startsWith('project.'));
  return [
    ...head,
    ...models,
    ...named.map(([key, value]) => ({ key, ...value })),
    ...others.slice(head.length),
    ...secrets,
  ];
}

interface ModelKey {
  readonly key: string;
  readonly fallback: unknown;
  readonly found: unknown;
}

function listModel(model: ModelSettings, table: string): readonly ModelKey[] {
  const { entry } = model;
  const found: Readonly<Record<string, unknown>> = {
    language: model.language,
    entry: entry === undefined ? undefined : `${entry.file}:${entry.name}`,
    artifact: model.artifact,
    examples: model.examples,
  };
  return projectSettings
    .filter(({ table: name }) => ['model', 'model.batch', 'model.gate'].includes(name))
    .map((setting) => ({
      key: `${table}${setting.table.slice('model'.length)}.${setting.key}`,
      fallback: setting.default,
      found: setting.table === 'model' ? found[setting.key] : undefined,
    }));
}

function toSecret(
  folder: string,
  { name, env: variable, file }: Project['secrets'][number],
  env: Env,
): ResolvedSetting {
  const isSet =
    file === undefined ? (env[variable ?? name] ?? '') !== '' : existsSync(resolve(folder, file));
  return {
    key: toKeyPath(['secrets', name]),
    value: isSet ? 'set' : 'unset',
    origin: file ?? variable ?? name,
  };
}
