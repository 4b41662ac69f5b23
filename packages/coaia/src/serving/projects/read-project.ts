/** Reads a project: `ao.toml` and what lies over it, every default filled in. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironmentLayer, readFlagLayer } from './environment-layer.ts';
import { projectFailures } from './errors.ts';
import { LOCAL_FILE, PROJECT_FILE, requireProjectFolder } from './find-project.ts';
import { readTomlLayer } from './layer.ts';
import type { Layer, SettingProblem, SettingValue } from './layer.ts';
import type { Project } from './project.ts';
import { toProject } from './to-project.ts';
import { fromKeyPath, toKeyPath } from './toml-lines.ts';

export interface ReadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flags by full key, such as `{ 'api.port': 8080 }`; undefined members count as not given. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

export interface ProjectReading {
  /** Absolute. */
  readonly folder: string;
  /** Every setting that was written somewhere, the strongest of each. */
  readonly values: ReadonlyMap<string, SettingValue>;
  /** Everything that is wrong, in the order of the lines. */
  readonly problems: readonly SettingProblem[];
  /** What the sound part of the settings means. Without a name the folder's own is used. */
  readonly project: Project;
}

/** Names of the tables of models: `model`, or `models.NAME` for each. */
function listModelTables(layers: readonly Layer[]): readonly string[] {
  const tables = new Set<string>();
  for (const { values } of layers)
    for (const key of values.keys()) {
      const [first, name] = fromKeyPath(key);
      if (first === 'models' && name !== undefined) tables.add(toKeyPath([first, name]));
    }
  return tables.size === 0 ? ['model'] : [...tables];
}

/** Reads without failing for mistakes: `ao check` shows them all. Throws AO110 only. */
export async function inspectProject(cwd: string, options: ReadOptions): Promise<ProjectReading> {
  const folder = requireProjectFolder(cwd);
  const layers: Layer[] = [];
  for (const file of [PROJECT_FILE, LOCAL_FILE]) {
    const path = join(folder, file);
    if (existsSync(path)) layers.push(await readTomlLayer(readFileSync(path, 'utf8'), file));
  }
  const problems = layers.flatMap((layer) => layer.problems);
  layers.push(
    readEnvironmentLayer(options.env, listModelTables(layers)),
    readFlagLayer(options.overrides ?? {}),
  );
  const values = new Map(layers.flatMap((layer) => [...layer.values]));
  const isReadable = problems.every(({ code }) => code !== 'AO104');
  const project = toProject(folder, values);
  return {
    folder,
    values,
    problems: [
      ...problems,
      ...layers.slice(-2).flatMap((layer) => layer.problems),
      ...(isReadable ? [...findContradictions(values), ...findWrongNames(project)] : []),
    ],
    project,
  };
}

/** The project, or the first mistake with all others in `details`: AO101, AO102, AO104, AO105, AO110. */
export async function readProject(cwd: string, options: ReadOptions): Promise<Project> {
  const { problems, project } = await inspectProject(cwd, options);
  const [first, ...others] = problems;
  if (first === undefined) return project;
  const more = others.map(({ message }) => `\n${message}`).join('');
  throw projectFailures.create(first.code, `${first.message}${more}`, {
    hint: 'ao check',
    details: problems,
  });
}

/** Names become folders, addresses and names of images. */
function findWrongNames({ name, models }: Project): readonly SettingProblem[] {
  const wrong = models.filter((model) => !/^[A-Za-z0-9][\w.-]{0,99}$/.test(model.name));
  const isStrange = /\p{Cc}/u.test(name) || name.length > 200;
  const names = wrong.length === 0 && isStrange ? [name] : wrong.map((model) => model.name);
  return names.map((one) => ({
    code: 'AO105',
    severity: 'error',
    message: `${PROJECT_FILE} has the name ${JSON.stringify(one)}; names have letters, digits, dots, dashes and underscores, 100 at most.`,
    file: PROJECT_FILE,
    fix: 'change `name` below [project], or the name of the table [models.NAME]',
  }));
}

function findContradictions(values: ReadonlyMap<string, SettingValue>): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  const add = (message: string, fix: string) =>
    problems.push({ code: 'AO105', severity: 'error', message, file: PROJECT_FILE, fix });
  if (!values.has('project.name'))
    add(
      `${PROJECT_FILE} does not say what the project is called: \`[project] name\` is needed.`,
      'write name = "..." below [project]',
    );
  const firsts = new Set([...values].map(([key]) => fromKeyPath(key)[0]));
  if (firsts.has('model') && firsts.has('models'))
    add(
      `${PROJECT_FILE} has both [model] and [models.NAME]: the first is for projects with one model.`,
      'move what stands in [model] to [models.NAME]',
    );
  return problems;
}
