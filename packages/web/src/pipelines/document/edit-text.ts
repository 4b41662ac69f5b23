import { Document, isMap, isNode, isSeq, parseDocument, type Pair } from 'yaml';
import type { PipelineFormat } from '../pipeline.ts';

/** Where a value stands: `['steps', 2, 'action']`. */
export type Path = readonly (string | number)[];

/** A template's text with its format. */
export interface PipelineText {
  readonly text: string;
  readonly format: PipelineFormat;
}

/** Puts a value at its place; `undefined` takes it away. Comments, order and the rest of the text stay. */
export function setValue(source: PipelineText, path: Path, value: unknown): string {
  const edit = (document: Document) => {
    if (value === undefined) document.deleteIn(path);
    else if (!isSame(document.getIn(path), value)) writeValue(document, path, value);
  };
  return editText(source, edit, Array.isArray(value) ? '[' : '{');
}

/** Adds a step behind the others; answers the text. */
export function addStep(source: PipelineText, step: Readonly<Record<string, unknown>>): string {
  return editText(source, (document) => {
    const steps: unknown = document.get('steps', true);
    const node = document.createNode(step);
    const needs: unknown = isMap(node) ? node.get('needs') : undefined;
    if (isSeq(needs)) needs.flow = true;
    if (!isSeq(steps)) {
      document.set('steps', document.createNode([step]));
      return;
    }
    const last: unknown = steps.items.at(-1);
    if (isNode(last) && last.spaceBefore === true) node.spaceBefore = true;
    steps.flow = source.format === 'json';
    steps.add(node);
  });
}

/** Takes a step away, and its name from the steps that need it. */
export function removeStep(source: PipelineText, index: number, id: string): string {
  return editText(source, (document) => {
    document.deleteIn(['steps', index]);
    for (const at of listSteps(document)) {
      setNeeds(
        document,
        at,
        readNeeds(document, at).filter((need) => need !== id),
      );
      if (document.getIn(['steps', at, 'parent']) === id)
        document.deleteIn(['steps', at, 'parent']);
    }
  });
}

/** Gives a step another id, also where others need it. */
export function renameStep(source: PipelineText, index: number, from: string, to: string): string {
  return editText(source, (document) => {
    document.setIn(['steps', index, 'id'], to);
    for (const at of listSteps(document)) {
      const needs = readNeeds(document, at);
      if (needs.includes(from)) {
        setNeeds(
          document,
          at,
          needs.map((need) => (need === from ? to : need)),
        );
      }
      if (document.getIn(['steps', at, 'parent']) === from) {
        document.setIn(['steps', at, 'parent'], to);
      }
    }
  });
}

/** Moves a step by one place among the others. */
export function moveStep(source: PipelineText, index: number, by: 1 | -1): string {
  return editText(source, (document) => {
    const steps: unknown = document.get('steps', true);
    if (!isSeq(steps) || index + by < 0 || index + by >= steps.items.length) return;
    const [item] = steps.items.splice(index, 1);
    steps.items.splice(index + by, 0, item);
  });
}

/** Makes a step wait for another, or no longer. */
export function setLink(
  source: PipelineText,
  index: number,
  need: string,
  linked: boolean,
): string {
  return editText(source, (document) => {
    const others = readNeeds(document, index).filter((one) => one !== need);
    setNeeds(document, index, linked ? [...others, need] : others);
  });
}

/** The same template in the other format; comments do not survive the way to JSON. */
export function toFormat(source: PipelineText, format: PipelineFormat): string {
  if (source.format === format) return source.text;
  const value: unknown = parseDocument(source.text).toJS();
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  return new Document(value).toString({ lineWidth: 0 });
}

// The printer knows one padding for lists and maps: it follows those that the edit writes.
function editText(
  source: PipelineText,
  edit: (document: Document) => void,
  bracket: '{' | '[' = '[',
): string {
  const document = parseDocument(source.text);
  edit(document);
  const text = source.text;
  if (source.format === 'json') {
    const end = text.endsWith('\n') || text === '' ? '\n' : '';
    return JSON.stringify(document.toJS(), null, findIndent(text, /\n( +|\t)"/)) + end;
  }
  const options = {
    lineWidth: 0,
    indent: Number(findIndent(text, /\n( +)\S/)),
    indentSeq: !/^\w[\w-]*:[^\n]*\n(?:\s*#[^\n]*\n)*- /m.test(text),
    flowCollectionPadding: bracket === '{' ? !/\{\w/.test(text) : text.includes('[ '),
  };
  return keepSpacing(
    text.split('\n'),
    parseDocument(text).toString(options).split('\n'),
    document.toString(options).split('\n'),
  ).join('\n');
}

// The printer has its own mind about spaces within a line. Lines before and behind the edit get theirs back.
function keepSpacing(
  written: readonly string[],
  printed: readonly string[],
  edited: readonly string[],
): readonly string[] {
  const isKept =
    written.length === printed.length && written.every((line, at) => isLike(line, printed[at]));
  if (!isKept) return edited;
  const head = countSame(printed, edited);
  const tail = Math.min(
    countSame(printed.toReversed(), edited.toReversed()),
    Math.min(printed.length, edited.length) - head,
  );
  return [
    ...written.slice(0, head),
    ...edited.slice(head, edited.length - tail),
    ...written.slice(written.length - tail),
  ];
}

function countSame(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((line, index) => line !== right[index]);
  return at === -1 ? left.length : at;
}

function isLike(line: string, other = ''): boolean {
  const bare = (text: string) => text.replaceAll(/(?<=\S)\s+|\s+$/g, '');
  return bare(line) === bare(other);
}

// Spaces of the first indented line, so that an edited text keeps its measure; 2 where nothing tells.
function findIndent(text: string, pattern: RegExp): number | string {
  const found = pattern.exec(text)?.[1];
  if (found === '\t') return '\t';
  return found === undefined || found.length > 8 ? 2 : found.length;
}

function listSteps(document: Document): readonly number[] {
  const steps: unknown = document.get('steps', true);
  return isSeq(steps) ? steps.items.map((_, at) => at) : [];
}

function readNeeds(document: Document, index: number): readonly string[] {
  const node: unknown = document.getIn(['steps', index, 'needs']);
  const value: unknown = isNode(node) ? node.toJS(document) : node;
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

function setNeeds(document: Document, index: number, needs: readonly string[]): void {
  if (isSame(readNeeds(document, index), needs)) return;
  const path = ['steps', index, 'needs'];
  if (needs.length === 0) document.deleteIn(path);
  else document.setIn(path, document.createNode(needs, { flow: true }));
}

// An object is merged key by key, so that the comments beside what stays the same stay too.
function writeValue(document: Document, path: Path, value: unknown): void {
  const node: unknown = document.getIn(path, true);
  if (!isMap(node) || typeof value !== 'object' || value === null || Array.isArray(value)) {
    document.setIn(path, typeof value === 'object' ? document.createNode(value) : value);
    return;
  }
  const next = value as Readonly<Record<string, unknown>>;
  for (const pair of [...node.items] as Pair[]) {
    const key = String(isNode(pair.key) ? pair.key.toJS(document) : pair.key);
    if (!(key in next)) node.delete(key);
  }
  for (const [key, one] of Object.entries(next)) {
    if (!isSame(document.getIn([...path, key]), one)) writeValue(document, [...path, key], one);
  }
}

function isSame(node: unknown, value: unknown): boolean {
  const known: unknown = isNode(node) ? node.toJSON() : node;
  return JSON.stringify(known) === JSON.stringify(value);
}
