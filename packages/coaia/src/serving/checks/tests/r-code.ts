/** Tests, coverage and style of R code: testthat, covr and lintr in the R that runs the model. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool, toLastLines } from '../run-tool.ts';
import type { Lint } from '../ruff/lint.ts';
import { NO_TESTS } from './test-report.ts';
import type { MissingTool, TestFailure, TestReport } from './test-report.ts';
import type { TestOrder } from './python-tests.ts';

const LONGEST = 30 * 60_000;
const FOLDER = 'model-service/tests/testthat';

const SCRIPT = fileURLToPath(new URL('./check-r-code.R', import.meta.url));

interface Answer {
  readonly packages: Readonly<Record<'testthat' | 'covr' | 'lintr', string | null | undefined>>;
  readonly broken?: string;
  readonly passed?: number;
  readonly failures?: readonly TestFailure[] | null;
  readonly coverage?:
    | readonly {
        readonly file: string;
        readonly covered: number;
        readonly total: number;
        readonly lines: readonly number[];
      }[]
    | null;
  readonly lints?: readonly Omit<RLint, 'isFixable'>[] | null;
}

type ROrder = Omit<TestOrder, 'command'>;

/** The answer of the script, or the last lines of what R said instead. */
async function callScript(
  { folder, interpreter, env, signal }: ROrder,
  task: 'tests' | 'lints',
  files: readonly string[],
): Promise<Answer | string> {
  const work = mkdtempSync(join(tmpdir(), 'ao-check-'));
  try {
    const file = join(work, 'answer.json');
    const args = ['--no-save', '--no-restore', SCRIPT, file, task, ...files];
    const run = { program: interpreter, args, cwd: folder, env, signal, timeoutMs: LONGEST };
    const result = await runTool(run);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Answer;
    return result.kind === 'late' ? 'it did not end in 30 minutes' : toLastLines(result);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function toMissing(name: string, purpose: string): MissingTool {
  return {
    name,
    purpose,
    fix: `Rscript -e 'install.packages("${name}")' (Debian: apt-get install r-cran-${name})`,
  };
}

/** Runs testthat once, with coverage of `files` where covr is there. Never throws for what the tests do. */
export async function runRTests(order: ROrder, files: readonly string[]): Promise<TestReport> {
  if (!existsSync(join(order.folder, FOLDER)))
    return { ...NO_TESTS, reason: `there is no folder ${FOLDER}` };
  const answer = await callScript(order, 'tests', files);
  const broken = typeof answer === 'string' ? answer : answer.broken;
  if (typeof answer === 'string' || broken !== undefined)
    return {
      ...NO_TESTS,
      tool: 'testthat',
      failures: [{ name: 'testthat', file: FOLDER, message: broken ?? '' }],
    };
  const { packages, passed = 0, failures, coverage } = answer;
  if (typeof packages.testthat !== 'string')
    return { ...NO_TESTS, missingTools: [toMissing('testthat', 'the tests were not run')] };
  const parts = coverage ?? undefined;
  return {
    tool: `testthat ${packages.testthat}`,
    passed,
    failures: (failures ?? []).map((failure) => ({
      ...failure,
      message: failure.message.trim().replaceAll(/\s*\n\s*/g, '; '),
    })),
    coverage:
      parts === undefined
        ? undefined
        : {
            covered: parts.reduce((sum, part) => sum + part.covered, 0),
            total: parts.reduce((sum, part) => sum + part.total, 0),
            missing: parts.filter(({ lines }) => lines.length > 0),
          },
    missingTools:
      typeof packages.covr === 'string'
        ? []
        : [toMissing('covr', 'how much of the model code the tests run is not known')],
  };
}

/** What lintr found; matters of taste are told apart from doubtful code. */
export interface RLint extends Lint {
  readonly isStyle: boolean;
}

export interface RLints {
  /** `lintr 3.0.2`. */
  readonly name: string;
  readonly lints: readonly RLint[];
  readonly missingTools: readonly MissingTool[];
}

/** Lints files by lintr with the project's own settings (`.lintr`). */
export async function lintR(order: ROrder, files: readonly string[]): Promise<RLints> {
  const answer = await callScript(order, 'lints', files);
  const purpose = 'the style of the R code was not checked';
  if (typeof answer === 'string' || typeof answer.packages.lintr !== 'string') {
    const missing = toMissing('lintr', purpose);
    return { name: 'lintr', lints: [], missingTools: [missing] };
  }
  return {
    name: `lintr ${answer.packages.lintr}`,
    lints: (answer.lints ?? []).map((lint) => ({
      ...lint,
      file: relative(realpathSync(order.folder), realpathSync(lint.file)),
      isFixable: false,
    })),
    missingTools: [],
  };
}
