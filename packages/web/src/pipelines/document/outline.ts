import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type YAMLMap,
} from 'yaml';

/** A step of a text: what the graph shows of it, and where it stands. */
export interface OutlineStep {
  /** What other steps call it: its id, or its name without one. */
  readonly id: string;
  /** Place in the list of steps, from 0. */
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly parent: string | null;
  readonly needs: readonly string[];
  /** Steps that are taken only when this one failed. */
  readonly onFailure: readonly string[];
  readonly conditional: boolean;
  readonly foreach: boolean;
  /** Line of the text, from 1. */
  readonly line: number;
  /** The step as it is written. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A text as the graph needs it. */
export interface Outline {
  readonly name: string | null;
  readonly description: string | null;
  readonly extends: string | null;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  readonly steps: readonly OutlineStep[];
}

/** The outline, or what makes the text unreadable and where (line from 1). */
export type OutlineReading =
  | { readonly ok: true; readonly outline: Outline }
  | { readonly ok: false; readonly message: string; readonly line: number };

/** Reads a template's text; JSON is read by the same parser, so that lines are known for both. */
export function readOutline(text: string): OutlineReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const [message = ''] = fault.message.split('\n');
    return { ok: false, message, line: fault.linePos?.[0].line ?? 1 };
  }
  if (!isMap(document.contents)) return { ok: true, outline: toOutline({}, []) };
  const root = toRecord(document.toJS());
  return { ok: true, outline: toOutline(root, findStepLines(document, lines)) };
}

function toOutline(root: Readonly<Record<string, unknown>>, lines: readonly number[]): Outline {
  return {
    name: toText(root['name']),
    description: toText(root['description']),
    extends: toText(root['extends']),
    variables: toRecords(root['variables']),
    steps: toRecords(root['steps']).map((fields, index) =>
      toStep(fields, index, lines[index] ?? 1),
    ),
  };
}

/** A step by its fields. */
export function toStep(
  fields: Readonly<Record<string, unknown>>,
  index: number,
  line: number,
): OutlineStep {
  const name = toText(fields['name']) ?? toText(fields['id']) ?? `step ${index + 1}`;
  return {
    id: toText(fields['id']) ?? name,
    index,
    name,
    type: (toText(fields['observation_type']) ?? toText(fields['type']) ?? 'EVENT').toUpperCase(),
    action: toText(fields['action']),
    parent: toText(fields['parent']),
    needs: toTexts(fields['needs']),
    onFailure: toTexts(fields['on_failure']),
    conditional: isGiven(fields['conditional']) || isGiven(fields['condition']),
    foreach: isGiven(fields['foreach']),
    line,
    fields,
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function findStepLines(document: Document, lines: LineCounter): readonly number[] {
  const steps: unknown = (document.contents as YAMLMap).get('steps', true);
  if (!isSeq(steps)) return [];
  return steps.items.map((item) => {
    const offset = isMap(item) || isScalar(item) ? item.range?.[0] : undefined;
    return offset === undefined ? 1 : lines.linePos(offset).line;
  });
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function toTexts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((one) => toText(one) ?? []);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function toRecords(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map((one) => toRecord(one)) : [];
}
