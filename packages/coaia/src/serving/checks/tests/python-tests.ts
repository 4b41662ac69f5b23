/** Runs the project's pytest through the interpreter of the model, once, with coverage where it can be measured. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { isObject } from '#base';
import { runTool, toLastLines } from '../run-tool.ts';
import type { ToolResult } from '../run-tool.ts';
import { readJunit } from './junit.ts';
import { isModelCode, NO_TESTS } from './test-report.ts';
import type { Coverage, MissingTool, TestReport } from './test-report.ts';

export interface TestOrder {
  /** Absolute folder of the project. */
  readonly folder: string;
  /** Path of the interpreter. */
  readonly interpreter: string;
  /** `[check] pytest` or `testthat`: `auto`, or a command. */
  readonly command: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const LONGEST = 30 * 60_000;
const FOLDERS = ['model-service/tests', 'tests'];

const PROBE = `import json, importlib
def version(name):
    try:
        return getattr(importlib.import_module(name), "__version__", "?")
    except Exception:
        return None
print(json.dumps({name: version(name) for name in ("pytest", "pytest_cov", "coverage")}))`;

interface Tools {
  readonly pytest: string | null;
  readonly pytest_cov: string | null;
  readonly coverage: string | null;
}

/** Never throws for what the tests do. */
export async function runPythonTests(order: TestOrder): Promise<TestReport> {
  const places = FOLDERS.filter((place) => existsSync(join(order.folder, place)));
  if (places.length === 0) return { ...NO_TESTS, reason: `there is no folder ${FOLDERS[0]}` };
  const tools = await probe(order);
  if (order.command === 'auto' && tools.pytest === null)
    return { ...NO_TESTS, missingTools: [toMissing('pytest', 'the tests were not run', order)] };
  const work = mkdtempSync(join(tmpdir(), 'ao-check-'));
  try {
    const result = await runPytest(order, { places, tools, work });
    return toReport(order, { result, tools, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function toMissing(name: string, purpose: string, { interpreter }: TestOrder): MissingTool {
  const debian = `python3-${name}`;
  return {
    name,
    purpose,
    fix: `${interpreter} -m pip install ${name} (Debian: apt-get install ${debian})`,
  };
}

function call(order: TestOrder, program: string, args: readonly string[], extra: TestOrder['env']) {
  const { folder, env, signal } = order;
  const all = { ...env, PYTHONDONTWRITEBYTECODE: '1', ...extra };
  return runTool({ program, args, cwd: folder, env: all, signal, timeoutMs: LONGEST });
}

async function probe(order: TestOrder): Promise<Tools> {
  const { stdout } = await call(order, order.interpreter, ['-c', PROBE], {});
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Tools;
  } catch {
    return { pytest: null, pytest_cov: null, coverage: null };
  }
}

interface Setting {
  readonly places: readonly string[];
  readonly tools: Tools;
  readonly work: string;
}

/**
 * pytest-cov where it is there: it gets on with a project that asks for coverage itself. Otherwise coverage.py around
 * pytest. The report is written afterwards, because older pytest-cov cannot write JSON.
 */
async function runPytest(order: TestOrder, setting: Setting): Promise<ToolResult> {
  const { interpreter, command, env, folder } = order;
  const { places, tools, work } = setting;
  const words = command.split(/\s+/).filter((word) => word !== '');
  const hasPlugin = tools.pytest_cov !== null;
  const wrapper =
    hasPlugin || tools.coverage === null ? [] : ['-m', 'coverage', 'run', '--source=model-service'];
  const [program = interpreter, ...first] =
    command === 'auto' ? [interpreter, ...wrapper, '-m', 'pytest'] : words;
  // Tests write `from model import predict`, as the worker finds it.
  const path = [join(folder, 'model-service'), env.PYTHONPATH].filter(Boolean).join(':');
  const own = { PYTHONPATH: path, COVERAGE_FILE: join(work, 'coverage') };
  const junit = [`--junitxml=${join(work, 'junit.xml')}`, '-o', 'junit_family=xunit1'];
  // A threshold of the project's own would end pytest with an error; ours is compared afterwards.
  const plugin = hasPlugin ? ['--cov=model-service', '--cov-report=', '--cov-fail-under=0'] : [];
  const quiet = ['-p', 'no:cacheprovider', '-q'];
  const result = await call(
    order,
    program,
    [...first, ...places, ...junit, ...quiet, ...plugin],
    own,
  );
  if (existsSync(own.COVERAGE_FILE)) {
    const json = ['-m', 'coverage', 'json', '-q', '-o', join(work, 'coverage.json')];
    await call(order, interpreter, json, own);
  }
  return result;
}

interface Ran {
  readonly result: ToolResult;
  readonly tools: Tools;
  readonly work: string;
}

/** pytest's exit codes: 0 passed, 1 failed, 2 interrupted, 3 and 4 its own errors, 5 no tests. */
function toReport(order: TestOrder, { result, tools, work }: Ran): TestReport {
  const tool = `pytest ${tools.pytest ?? ''}`.trim();
  if (result.kind === 'absent')
    return { ...NO_TESTS, missingTools: [toMissing('pytest', 'the tests were not run', order)] };
  const file = join(work, 'junit.xml');
  const cases = existsSync(file) ? readJunit(readFileSync(file, 'utf8')) : undefined;
  if (cases === undefined || (result.code > 2 && result.code !== 5)) {
    const said = result.kind === 'late' ? 'it did not end in 30 minutes' : toLastLines(result);
    const failure = { name: 'pytest', file: FOLDERS[0] ?? '', message: said };
    return { ...NO_TESTS, tool, failures: [failure] };
  }
  const failures = cases
    .filter((one) => one.failure !== undefined)
    .map((one) => ({
      name: one.name,
      ...toPlace(order.folder, one),
      testFile: one.file === '' ? `${one.name.replaceAll('.', '/')}.py` : one.file,
      message: one.failure?.message ?? '',
    }));
  const isMeasured = tools.pytest_cov !== null || tools.coverage !== null;
  return {
    tool,
    passed: cases.length - failures.length,
    failures,
    coverage: readCoverage(order.folder, join(work, 'coverage.json')),
    missingTools: isMeasured
      ? []
      : [toMissing('pytest-cov', 'how much of the model code the tests run is not known', order)],
  };
}

type Case = ReturnType<typeof readJunit>[number];

/** The last line of the traceback that lies in the project, else where the test begins. */
function toPlace(folder: string, one: Case): { readonly file: string; readonly line?: number } {
  const places = [...(one.failure?.text ?? '').matchAll(/^([^\s:][^:\n]*\.py):(\d+):/gm)]
    .map(([, file = '', line]) => ({ file: toRelative(folder, file), line: Number(line) }))
    .filter(({ file }) => !file.startsWith('..') && !isAbsolute(file));
  const last = places.at(-1);
  if (last !== undefined) return last;
  return { file: one.file, ...(one.line === undefined ? {} : { line: one.line }) };
}

function toRelative(folder: string, file: string): string {
  return isAbsolute(file) ? relative(folder, file) : file;
}

/** The JSON report of coverage.py, summed over the model code. */
function readCoverage(folder: string, path: string): Coverage | undefined {
  if (!existsSync(path)) return undefined;
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const files = isObject(report) && isObject(report.files) ? report.files : {};
  const parts = Object.entries(files)
    .map(([file, entry]) => ({ file: toRelative(folder, file), entry }))
    .filter(({ file }) => isModelCode(file))
    .map(({ file, entry }) => toPart(file, entry));
  return {
    covered: parts.reduce((sum, { covered }) => sum + covered, 0),
    total: parts.reduce((sum, { total }) => sum + total, 0),
    missing: parts.filter(({ lines }) => lines.length > 0),
  };
}

/** Lines, and branches where the project's settings of coverage ask for them: as coverage.py adds them up. */
function toPart(file: string, entry: unknown) {
  const { summary, missing_lines: lines } = entry as {
    readonly summary: Readonly<Record<string, number>>;
    readonly missing_lines: readonly number[];
  };
  return {
    file,
    lines,
    covered: (summary.covered_lines ?? 0) + (summary.covered_branches ?? 0),
    total: (summary.num_statements ?? 0) + (summary.num_branches ?? 0),
  };
}
