/** Evidence of several strengths becomes the inputs of a signature. */
import type { InputOverride } from '../projects/project.ts';
import type { Datatype } from '../tensors/tensor.ts';
import type { Clue } from './clue.ts';
import { MOST_SEEN } from './signature.ts';
import type { Evidence, Field, FieldType } from './signature.ts';

/** One source; the strongest comes first. */
export interface Source {
  readonly evidence: Evidence;
  readonly clues: readonly Clue[];
}

/** The names are those of the first source that has any, in its order. */
export function mergeClues(
  sources: readonly Source[],
  overrides: Readonly<Record<string, InputOverride>>,
): readonly Field[] {
  const names = sources.find(({ clues }) => clues.length > 0)?.clues.map(({ name }) => name) ?? [];
  const all = [{ evidence: 'ao.toml', clues: toOverrideClues(overrides) } as const, ...sources];
  return names.map((name) => toField(name, all));
}

function toOverrideClues(overrides: Readonly<Record<string, InputOverride>>): readonly Clue[] {
  return Object.entries(overrides).map(([name, one]) => ({
    ...one,
    name,
    // Levels without a type make it a category; both stay as they are written.
    ...(one.type === undefined && one.levels !== undefined ? { type: 'category' as const } : {}),
  }));
}

function toField(name: string, sources: readonly Source[]): Field {
  const known = sources.flatMap(({ evidence, clues }) =>
    clues.filter((clue) => clue.name === name).map((clue) => ({ evidence, clue: toTyped(clue) })),
  );
  const merged: Mutable = { name };
  for (const { clue } of known.toReversed()) Object.assign(merged, clue);
  const typed = known.find(({ clue }) => clue.type !== undefined);
  const type = typed?.clue.type ?? 'number';
  const levels = type === 'category' ? merged.levels : undefined;
  return {
    name,
    type,
    datatype: merged.datatype ?? toDatatype(type, levels),
    shape: merged.shape ?? [],
    required: merged.isOptional !== true && merged.default === undefined,
    nullable: isNullable(merged, known),
    ...(levels === undefined ? {} : { levels }),
    ...pickFacts(merged, type),
    evidence: (typed ?? known[0])?.evidence ?? 'object',
  };
}

type Mutable = { -readonly [Key in keyof Clue]: Clue[Key] };

/** An example without a value says nothing against a stronger source that needs one. */
function isNullable(
  merged: Clue,
  known: readonly { readonly evidence: Evidence; readonly clue: Clue }[],
): boolean {
  const strong = known.filter(({ evidence }) => evidence !== 'examples');
  const told = strong.find(({ clue }) => clue.nullable !== undefined);
  if (told !== undefined) return told.clue.nullable === true;
  return strong.length === 0 && merged.nullable === true;
}

/** Levels are a type; open ones only say what was seen. */
function toTyped(clue: Clue): Clue {
  const { levels, isOpen, type, description } = clue;
  if (levels === undefined || (type !== undefined && type !== 'category')) return clue;
  if (isOpen !== true) return { ...clue, type: 'category' };
  const told = `Seen in training: ${levels.slice(0, 20).join(', ')}${levels.length > 20 ? ', …' : ''}.`;
  const { levels: _levels, ...rest } = clue;
  const isNumeric = levels.every((level) => typeof level === 'number');
  return {
    ...rest,
    ...(isNumeric || levels.length > MOST_SEEN ? {} : { seen: levels.map(String) }),
    type: isNumeric ? 'number' : 'string',
    description: description === undefined ? told : `${description} ${told}`,
    typical: levels[0] ?? '',
  };
}

function pickFacts(clue: Clue, type: FieldType): Partial<Field> {
  const { description, sensitive } = clue;
  return {
    ...pickValues(clue, type),
    ...(clue.default === undefined ? {} : { default: clue.default }),
    ...(description === undefined ? {} : { description }),
    ...(sensitive === true ? { sensitive } : {}),
  };
}

/** What is known of the values of a type. */
function pickValues({ min, max, trained, seen }: Clue, type: FieldType): Partial<Field> {
  if (type === 'string') return seen === undefined ? {} : { seen };
  if (type !== 'number' && type !== 'integer') return {};
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(trained === undefined ? {} : { trained }),
  };
}

const DATATYPES: Readonly<Record<Exclude<FieldType, 'category'>, Datatype>> = {
  number: 'FP64',
  integer: 'INT64',
  boolean: 'BOOL',
  string: 'BYTES',
  date: 'BYTES',
  datetime: 'BYTES',
};

/** How a type travels where nothing says otherwise; categories by what their levels are. */
export function toDatatype(type: FieldType, levels: Field['levels'] = []): Datatype {
  if (type !== 'category') return DATATYPES[type];
  if (levels.length > 0 && levels.every((level) => typeof level === 'boolean')) return 'BOOL';
  if (levels.length === 0 || !levels.every((level) => typeof level === 'number')) return 'BYTES';
  return levels.every((level) => Number.isInteger(level)) ? 'INT64' : 'FP64';
}
