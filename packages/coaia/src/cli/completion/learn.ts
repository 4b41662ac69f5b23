/** What a command that went well tells about names: those typed and those listed. */
import { homePaths, resolveSettings, resolveTarget } from '#config';
import type { Command } from '#surface';
import { isObject } from '#base';
import { addNames, isName, toCachePath, toPlace, updateNames } from './cache.ts';
import type { Names } from './cache.ts';
import { NAME_KINDS, toOptionValue, toPositionalValue } from './value-kinds.ts';
import type { NameKind } from './value-kinds.ts';
import { toLongName } from '../options.ts';

/** A list that was shown: its plural noun and its rows. */
export interface Listed {
  readonly things: string;
  readonly rows: readonly unknown[];
}

export interface Lesson {
  readonly command: Pick<Command, 'words' | 'options' | 'positionals'>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly listed: readonly Listed[];
  /** Variables that the command exported or would have. */
  readonly exported: Readonly<Record<string, string>>;
}

/** Plural nouns of lists to kinds; the field that is typed is the name, else the id. */
const THINGS: Readonly<Record<string, NameKind>> = {
  prompts: 'prompts',
  datasets: 'datasets',
  traces: 'traces',
  sessions: 'sessions',
  'score configs': 'score-configs',
  configs: 'score-configs',
  queues: 'queues',
  'annotation queues': 'queues',
  dashboards: 'dashboards',
  templates: 'templates',
  pipelines: 'templates',
};

/** Kinds that live in the store; the others are read from files. */
const LEARNT: ReadonlySet<NameKind> = new Set(
  NAME_KINDS.filter((kind) => !['environments', 'profiles', 'labels', 'variables'].includes(kind)),
);

function toTyped(kind: NameKind, row: unknown): readonly string[] {
  if (!isObject(row)) return [];
  const text = kind === 'traces' || kind === 'sessions' ? row['id'] : (row['name'] ?? row['id']);
  return isName(text) ? [text] : [];
}

/** What belongs to each row: the labels of a score config, the variables of a template. */
function findBelongings(row: unknown): readonly (readonly [string, readonly string[]])[] {
  if (!isObject(row) || !isName(row['name'])) return [];
  const name = row['name'];
  return (
    [
      ['categories', 'labels', 'label'],
      ['variables', 'variables', 'name'],
    ] as const
  ).flatMap(([member, kind, field]) => {
    const parts = row[member];
    if (!Array.isArray(parts)) return [];
    const texts = parts.map((part: unknown) => (isObject(part) ? part[field] : part));
    const found = texts.filter((text) => isName(text));
    return found.length === 0 ? [] : [[`${kind} ${name}`, found] as const];
  });
}

/** Names of a page of things, and what belongs to each. */
export function learnList(names: Names, { things, rows }: Listed): Names {
  const kind = THINGS[things];
  if (kind === undefined) return names;
  const typed = rows.flatMap((row) => toTyped(kind, row));
  return {
    ...addNames(names, kind, typed),
    ...Object.fromEntries(rows.flatMap((row) => findBelongings(row))),
  };
}

/** Names in the values of a line, by kind. */
function findTyped({ command, options, args }: Lesson): readonly (readonly [NameKind, string])[] {
  const { words } = command;
  const values = [
    ...Object.entries(command.options).map(
      ([key, spec]) => [toOptionValue(words, toLongName(key), spec), options[key]] as const,
    ),
    ...command.positionals.map(
      (spec) => [toPositionalValue(words, spec), args[spec.name]] as const,
    ),
  ];
  const typed = values.flatMap(([value, given]) =>
    value?.kind === 'names' && LEARNT.has(value.names)
      ? [given]
          .flat()
          .filter((text) => isName(text))
          .map((text) => [value.names, text] as const)
      : [],
  );
  const noun = /^(?:fuse )?(\w[\w-]*) create$/.exec(words)?.[1];
  const kind = noun === undefined ? undefined : THINGS[noun.replace('-', ' ')];
  const name = args['name'] ?? options['name'];
  return kind !== undefined && kind !== 'traces' && isName(name) ? [...typed, [kind, name]] : typed;
}

function applyLesson(names: Names, lesson: Lesson): Names {
  let next = names;
  const isGone = /\b(?:delete|remove|erase)\b/.test(lesson.command.words);
  for (const [kind, name] of findTyped(lesson)) {
    next = isGone
      ? { ...next, [kind]: (next[kind] ?? []).filter((one) => one !== name) }
      : addNames(next, kind, [name]);
  }
  for (const listed of lesson.listed) next = learnList(next, listed);
  const { COAIA_TRACE_ID: trace, COAIA_SESSION_ID: session } = lesson.exported;
  if (trace !== undefined) next = addNames(next, 'traces', [trace]);
  return session === undefined ? next : addNames(next, 'sessions', [session]);
}

/** Keeps the names; never fails and never asks anybody. */
export function learn(
  lesson: Lesson,
  where: Pick<Parameters<typeof resolveSettings>[0], 'env' | 'cwd' | 'envFiles' | 'profile'>,
): void {
  try {
    if (applyLesson({}, lesson) === undefined || Object.keys(applyLesson({}, lesson)).length === 0)
      return;
    const settings = resolveSettings(where);
    const path = toCachePath(homePaths(settings.paths.home).cache);
    updateNames(path, toPlace(resolveTarget(settings)), (names) => applyLesson(names, lesson));
  } catch {
    // The command has done its work; names are a convenience.
  }
}
