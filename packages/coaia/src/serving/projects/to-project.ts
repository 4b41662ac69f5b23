/** From settings by key to a project with every default filled in. */
import { basename } from 'node:path';
import { inferModelFiles } from './infer-model.ts';
import type { SettingValue } from './layer.ts';
import type { InputOverride, ModelSettings, Project, Task } from './project.ts';
import { parseDuration } from './setting-check.ts';
import { findSetting } from './settings.ts';
import { toTask } from './task.ts';
import { toTableName } from './layer.ts';
import { fromKeyPath, toKeyPath } from './toml-lines.ts';

type Values = ReadonlyMap<string, SettingValue>;

/**
 * A setting's value by its full key; the default when nobody wrote it. It was checked against the table of settings,
 * whose kinds are those of `Project`, so it fits wherever it is put.
 */
export function getValue(values: Values, key: string): never {
  const path = fromKeyPath(key);
  const setting = findSetting(toTableName(path.slice(0, -1)), path.at(-1) ?? '');
  return (values.get(key)?.value ?? setting?.default) as never;
}

/** Every setting of one table that was written, by its short key. */
function listWritten(values: Values, table: string): Readonly<Record<string, unknown>> {
  const depth = fromKeyPath(table).length + 1;
  const found = [...values].filter(
    ([key]) => key.startsWith(`${table}.`) && fromKeyPath(key).length === depth,
  );
  return Object.fromEntries(
    found.map(([key, { value }]): [string, unknown] => [fromKeyPath(key).at(-1) ?? '', value]),
  );
}

/** Names that stand in the place behind `table`: models, inputs, secrets. */
function listNames(values: Values, table: string): readonly string[] {
  const at = fromKeyPath(table).length;
  const paths = [...values.keys()].filter((key) => key.startsWith(`${table}.`)).map(fromKeyPath);
  return [...new Set(paths.filter((path) => path.length > at).map((path) => path[at] ?? ''))];
}

/** Members that are undefined are left out. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

/** The project in `folder`; looks at its files for what nobody wrote. */
export function toProject(folder: string, values: Values): Project {
  const get = (key: string) => getValue(values, key);
  const name: string = get('project.name') ?? basename(folder);
  return {
    ...compact({
      folder,
      name,
      description: get('project.description'),
      owner: get('project.owner'),
    }),
    models: toModels(folder, values, name),
    ...toServices(values),
    ...toTools(values),
    tasks: toTasks(values),
    secrets: toSecrets(values),
    origins: new Map([...values].map(([key, { origin }]) => [key, origin])),
  };
}

function toServices(values: Values): Pick<Project, 'api' | 'link' | 'log' | 'monitor' | 'traffic'> {
  const get = (key: string) => getValue(values, key);
  const tls = listWritten(values, 'link.tls');
  return {
    api: {
      host: get('api.host'),
      port: get('api.port'),
      isPortFixed: values.has('api.port'),
      dialects: get('api.dialects'),
      auth: get('api.auth'),
      cors: get('api.cors'),
      hosts: get('api.hosts'),
      maxBodyMb: get('api.max_body_mb'),
    },
    link: {
      mode: get('link.mode'),
      address: get('link.address'),
      models: get('link.models'),
      ...(Object.keys(tls).length === 0 ? {} : { tls }),
    },
    log: {
      level: get('log.level'),
      format: get('log.format'),
      payload: get('log.payload'),
      sample: get('log.sample'),
      redact: get('log.redact'),
      keepDays: get('log.keep_days'),
    },
    monitor: compact({
      reference: get('monitor.reference'),
      metrics: get('monitor.metrics'),
      windowMs: parseDuration(get('monitor.window')) ?? 0,
      alert: get('monitor.alert'),
    }),
    traffic: compact({
      champion: get('traffic.champion'),
      canary: get('traffic.canary'),
      shadow: get('traffic.shadow'),
      sticky: get('traffic.sticky'),
      memoryMb: get('traffic.memory_mb'),
    }),
  };
}

function toTools(values: Values): Pick<Project, 'check' | 'build'> {
  const get = (key: string) => getValue(values, key);
  return {
    check: {
      linters: get('check.linters'),
      testers: get('check.testers'),
      coverage: get('check.coverage'),
      ruff: get('check.ruff'),
      pytest: get('check.pytest'),
      lintr: get('check.lintr'),
      testthat: get('check.testthat'),
    },
    build: compact({
      engine: get('build.engine'),
      base: get('build.base'),
      image: get('build.image'),
      tag: get('build.tag'),
      args: (get('build.args') as Project['build']['args'] | undefined) ?? {},
      platforms: get('build.platforms'),
      systemPackages: get('build.system_packages'),
    }),
  };
}

function toTasks(values: Values): readonly Task[] {
  return Object.entries(listWritten(values, 'tasks')).map(([name, value]) => toTask(name, value));
}

function toSecrets(values: Values): Project['secrets'] {
  const named: readonly string[] = getValue(values, 'secrets.names');
  const tables = listNames(values, 'secrets').filter((name) => name !== 'names');
  return [...new Set([...named, ...tables])].map((name) => ({
    name,
    ...listWritten(values, toKeyPath(['secrets', name])),
  }));
}

function toModels(folder: string, values: Values, project: string): readonly ModelSettings[] {
  const names = listNames(values, 'models');
  const models =
    names.length === 0
      ? [toModel(folder, values, { name: project, table: 'model', isAlone: true })]
      : names.map((name) =>
          toModel(folder, values, {
            name,
            table: toKeyPath(['models', name]),
            isAlone: names.length === 1,
          }),
        );
  return models.filter((model) => model !== undefined);
}

/** One model; undefined when neither settings nor files say what predicts. */
function toModel(
  folder: string,
  values: Values,
  {
    name,
    table,
    isAlone,
  }: { readonly name: string; readonly table: string; readonly isAlone: boolean },
): ModelSettings | undefined {
  const get = (key: string) => getValue(values, `${table}.${key}`);
  const entry: string | undefined = get('entry');
  const files = inferModelFiles(
    folder,
    {
      language: get('language'),
      artifact: get('artifact'),
      examples: get('examples'),
      entry: entry === undefined ? undefined : toEntry(entry),
    },
    isAlone ? undefined : name,
  );
  if (files.language === undefined) return undefined;
  return compact({
    name,
    language: files.language,
    entry: files.entry,
    artifact: files.artifact,
    python: get('python'),
    rscript: get('rscript'),
    workers: get('workers'),
    preload: get('preload'),
    timeoutMs: get('timeout_ms'),
    explainTimeoutMs: get('explain_timeout_ms'),
    maxQueue: get('max_queue'),
    rules: { onNa: get('on_na'), outOfRange: get('out_of_range') },
    batch: {
      enabled: get('batch.enabled'),
      maxRows: get('batch.max_rows'),
      maxWaitMs: get('batch.max_wait_ms'),
    },
    gate: toGate(values, `${table}.gate`),
    inputs: toInputs(values, `${table}.inputs`),
    examples: files.examples,
  }) as ModelSettings;
}

/** Only what was written: the rest the evaluation decides. */
function toGate(values: Values, table: string): ModelSettings['gate'] {
  const { min_examples: minExamples, ...written } = listWritten(values, table);
  const gate = compact({ ...written, minExamples });
  return Object.keys(gate).length === 0 ? undefined : (gate as ModelSettings['gate']);
}

/** `model-service/model.py:predict` -> file and function; without a function `predict`. */
export function toEntry(text: string): { readonly file: string; readonly name: string } {
  const match = /^(.+):([\w.]+)$/.exec(text);
  return match === null
    ? { file: text, name: 'predict' }
    : { file: match[1] ?? '', name: match[2] ?? '' };
}

function toInputs(values: Values, table: string): Readonly<Record<string, InputOverride>> {
  const names = listNames(values, table);
  return Object.fromEntries(
    names.map((name) => [
      name,
      listWritten(values, `${table}.${toKeyPath([name])}`) as InputOverride,
    ]),
  );
}
