/** What one source says of one input. Everything may be unknown; the strongest source that knows something is right. */
import type { Datatype } from '../tensors/tensor.ts';
import type { FieldType } from './signature.ts';

type Level = string | number | boolean;

export interface Clue {
  readonly name: string;
  readonly type?: FieldType;
  readonly datatype?: Datatype;
  readonly shape?: readonly number[];
  readonly levels?: readonly Level[];
  /** The model takes other levels as well; then they are only told. */
  readonly isOpen?: boolean;
  readonly seen?: readonly string[];
  readonly isOptional?: boolean;
  /** The object does not say whether these are numbers or codes of a factor: a guess could be wrong in silence. */
  readonly isUnsure?: boolean;
  readonly nullable?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly trained?: { readonly min: number; readonly max: number };
  readonly default?: Level;
  readonly description?: string;
  readonly sensitive?: boolean;
  /** A value from the middle of the training data, for the example. */
  readonly typical?: Level;
}

/** What a probe printed, made a clue: numbers may come as text of 17 digits. Unknown members are ignored. */
export function toClue(found: Readonly<Record<string, unknown>>): Clue {
  const trained = toTrained(found);
  const type = toType(found['type']);
  return {
    name: String(found['name']),
    ...(type === undefined ? {} : { type }),
    ...pick(found, 'shape', isList),
    ...pick(found, 'levels', isList),
    ...(found['open'] === true ? { isOpen: true } : {}),
    ...(found['optional'] === true ? { isOptional: true } : {}),
    ...(found['unsure'] === true ? { isUnsure: true } : {}),
    ...(found['nullable'] === true ? { nullable: true } : {}),
    ...(trained === undefined
      ? { ...pick(found, 'min', isNumber), ...pick(found, 'max', isNumber) }
      : { trained }),
    ...toLevel('default', found['default'], type),
    ...toLevel('typical', found['typical'], type),
    ...pick(found, 'description', isText),
  };
}

const isList = (value: unknown) => Array.isArray(value) && value.length > 0;
const isNumber = (value: unknown) => typeof value === 'number';
const isText = (value: unknown) => typeof value === 'string' && value !== '';

function pick(
  found: Readonly<Record<string, unknown>>,
  name: string,
  isRight: (value: unknown) => boolean,
): Readonly<Record<string, never>> {
  // The probes are ours: what has the right kind has the right type.
  return isRight(found[name]) ? { [name]: found[name] as never } : {};
}

const TYPES: ReadonlySet<unknown> = new Set<FieldType>([
  'number',
  'integer',
  'boolean',
  'string',
  'category',
  'date',
  'datetime',
]);

const toType = (value: unknown) => (TYPES.has(value) ? (value as FieldType) : undefined);

/** `trained: [low, high]` of Python, `min` and `max` as text of R. */
function toTrained(found: Readonly<Record<string, unknown>>): Clue['trained'] {
  const { trained, min, max } = found;
  if (Array.isArray(trained) && trained.every(isNumber)) {
    const [low, high] = trained as readonly number[];
    return { min: low ?? 0, max: high ?? 0 };
  }
  return typeof min === 'string' && typeof max === 'string'
    ? { min: Number(min), max: Number(max) }
    : undefined;
}

function toLevel(
  name: 'default' | 'typical',
  value: unknown,
  type: FieldType | undefined,
): Partial<Pick<Clue, 'default' | 'typical'>> {
  if (typeof value !== 'string') return isLevel(value) ? { [name]: value } : {};
  if (type === 'number' || type === 'integer') return { [name]: Number(value) };
  return { [name]: type === 'boolean' ? value === 'true' : value };
}

const isLevel = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
