/** Lints and formats Python by the bundled ruff, with the project's own ruff settings where there are some. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import { isObject } from '#base';
import { writeWholeFile } from '#config';
import { loadRuffEngine } from './ruff-engine.ts';
import type { Lint, RuffOrder, RuffReport } from './lint.ts';

/**
 * Rules whose repair never changes what the code does. ruff itself marks these repairs as safe; the bundled form
 * does not tell, so they are named here (ruff 0.17).
 */
const SAFE = new Set([
  'E401',
  'E703',
  'E713',
  'E714',
  'F401',
  'F541',
  'F632',
  'I001',
  'W291',
  'W292',
  'W293',
]);

/** A repair may uncover the next; nobody needs more rounds. */
const ROUNDS = 10;

/** Lints files (relative to the folder); with `isFixing` repairs and formats them first. */
export async function runBundledRuff({ folder, files, isFixing }: RuffOrder): Promise<RuffReport> {
  const { Workspace, PositionEncoding } = await loadRuffEngine();
  const settings = new Map<string, InstanceType<typeof Workspace>>();
  const open = async (file: string) => {
    const { key, options } = await findOptions(folder, dirname(file));
    const known = settings.get(key);
    if (known !== undefined) return known;
    const made = new Workspace(options, PositionEncoding.Utf16);
    settings.set(key, made);
    return made;
  };
  const lints: Lint[] = [];
  const unformatted: string[] = [];
  const fixed: string[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const workspace = await open(file);
    const check = (text: string) => workspace.check(text) as readonly Diagnostic[];
    const text = isFixing ? repair(before, check) : before;
    const found = check(text);
    const isReadable = found.every(({ code }) => code !== 'invalid-syntax');
    const formatted = isReadable ? workspace.format(text) : text;
    const after = isFixing ? formatted : before;
    if (after !== before) fixed.push(file);
    if (formatted !== after) unformatted.push(file);
    const last = check(after).map((one) => toLint(file, one));
    lints.push(...last.toSorted((a, b) => a.line - b.line));
    if (after !== before) writeWholeFile(path, after);
  }
  return { name: `ruff ${Workspace.version()} (bundled)`, lints, unformatted, fixed };
}

function isSafe({ code, fix }: Diagnostic): boolean {
  return code !== null && fix !== null && SAFE.has(code);
}

function toLint(file: string, one: Diagnostic): Lint {
  const help = one.fix?.message ?? undefined;
  return {
    file,
    line: one.start_location.row,
    rule: one.code ?? 'invalid-syntax',
    message: one.message,
    isFixable: isSafe(one),
    ...(help === undefined ? {} : { help }),
  };
}

function repair(text: string, check: (text: string) => readonly Diagnostic[]): string {
  let current = text;
  for (let round = 0; round < ROUNDS; round++) {
    const next = applyFixes(current, check(current).filter(isSafe));
    if (next === current) break;
    current = next;
  }
  return current;
}

/** Edits of one round, from the end of the text; what overlaps waits for the next round. */
function applyFixes(text: string, found: readonly Diagnostic[]): string {
  const starts = toLineStarts(text);
  const at = ({ row, column }: { readonly row: number; readonly column: number }) =>
    (starts[row - 1] ?? text.length) + column - 1;
  const edits = found
    .flatMap(({ fix }) => fix?.edits ?? [])
    .map((edit) => ({
      from: at(edit.location),
      to: at(edit.end_location),
      content: edit.content ?? '',
    }))
    .toSorted((a, b) => b.from - a.from || b.to - a.to);
  let result = text;
  let limit = text.length;
  for (const { from, to, content } of edits) {
    if (to > limit) continue;
    result = result.slice(0, from) + content + result.slice(to);
    limit = from;
  }
  return result;
}

function toLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

interface Options {
  readonly key: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The nearest ruff settings from the file's folder up to the project's. */
async function findOptions(folder: string, place: string): Promise<Options> {
  for (let at = place; ; at = dirname(at)) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const path = join(folder, at, name);
      if (!existsSync(path)) continue;
      const options = await readOptions(path, name === 'pyproject.toml');
      if (options !== undefined) return { key: path, options };
    }
    if (at === '.') return { key: '', options: {} };
  }
}

async function readOptions(
  path: string,
  isNested: boolean,
): Promise<Options['options'] | undefined> {
  const { parse } = await import('smol-toml');
  const content: unknown = parse(readFileSync(path, 'utf8'));
  if (!isNested) return isObject(content) ? content : undefined;
  const tool = isObject(content) ? content.tool : undefined;
  const ruff = isObject(tool) ? tool.ruff : undefined;
  return isObject(ruff) ? ruff : undefined;
}
