/** Lints and formats Python by the ruff that the project has. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { runTool, toLastLines } from '../run-tool.ts';
import { checkFailures } from '../errors.ts';
import type { Lint, RuffOrder, RuffReport } from './lint.ts';

const LONGEST = 120_000;

/** One entry of `ruff check --output-format json`. */
interface RuffEntry {
  readonly code: string | null;
  readonly message: string;
  readonly filename: string;
  readonly location: { readonly row: number };
  readonly fix: { readonly applicability: string; readonly message: string | null } | null;
}

/** As `runRuff`. AO612 when the program cannot be run or does not answer as ruff does. */
export async function runOwnRuff(order: RuffOrder, program: string): Promise<RuffReport> {
  const { folder, files, env, signal } = order;
  const call = async (...args: readonly string[]) => {
    const result = await runTool({ program, args, cwd: folder, env, signal, timeoutMs: LONGEST });
    if (result.kind === 'ended' && result.code <= 1) return result.stdout;
    throw checkFailures.create(
      'AO612',
      `${program} did not lint the code: ${toLastLines(result) || `exit code ${result.code}`}.`,
      { hint: 'set ruff = "auto" in [check] of ao.toml to use the one that comes with ao' },
    );
  };
  const version = await call('--version');
  const before = order.isFixing ? readAll(folder, files) : [];
  if (order.isFixing) {
    await call('check', '--fix', '--exit-zero', '--no-cache', '--quiet', ...files);
    await call('format', '--no-cache', '--quiet', ...files);
  }
  const entries = parseEntries(
    await call('check', '--output-format', 'json', '--no-cache', ...files),
  );
  const unformatted = await call('format', '--check', '--no-cache', ...files);
  const after = order.isFixing ? readAll(folder, files) : [];
  return {
    name: version.trim(),
    lints: entries.map((entry) => toLint(folder, entry)),
    unformatted: [...unformatted.matchAll(/^Would reformat: (.+)$/gm)].map(([, path]) =>
      toRelative(folder, path ?? ''),
    ),
    fixed: files.filter((_file, index) => before[index] !== after[index]),
  };
}

function readAll(folder: string, files: readonly string[]): readonly string[] {
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}

function parseEntries(text: string): readonly RuffEntry[] {
  return text.trim() === '' ? [] : (JSON.parse(text) as readonly RuffEntry[]);
}

function toLint(folder: string, { code, message, filename, location, fix }: RuffEntry): Lint {
  const help = fix?.message ?? undefined;
  return {
    file: toRelative(folder, filename),
    line: location.row,
    rule: code ?? 'invalid-syntax',
    message,
    isFixable: fix?.applicability === 'safe',
    ...(help === undefined ? {} : { help }),
  };
}

function toRelative(folder: string, path: string): string {
  return isAbsolute(path) ? relative(folder, path) : path;
}
