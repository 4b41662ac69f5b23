/** Style of the code, how much of it the tests run, and the commands of [check] linters. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isCoaiaError } from '#base';
import type { Finding } from '../../signatures/finding.ts';
import { listLanguages } from '../context.ts';
import type { CheckContext } from '../context.ts';
import { mergeResults, none, ok, unmeasured } from '../report.ts';
import type { StageResult } from '../report.ts';
import { runRuff } from '../ruff/ruff.ts';
import type { Lint } from '../ruff/lint.ts';
import { runCommands } from '../run-commands.ts';
import { lintR } from '../tests/r-code.ts';
import type { RLint } from '../tests/r-code.ts';
import { isCovered, isModelCode, toPercent, toRanges } from '../tests/test-report.ts';
import type { Coverage } from '../tests/test-report.ts';
import { toMissing } from './tests.ts';

/** AO612 to AO616. */
export async function checkQuality(context: CheckContext): Promise<StageResult> {
  const results: StageResult[] = [];
  const languages = listLanguages(context);
  if (languages.includes('python')) results.push(await lintPython(context));
  if (languages.includes('r')) results.push(await lintRCode(context));
  for (const language of languages) results.push(await checkCoverage(context, language));
  if (languages.length === 0)
    results.push({ notes: [none('no style: there is no code of your own')], findings: [] });
  results.push(await runCommands(context, context.project.check.linters, 'linter'));
  return mergeResults(results);
}

async function lintPython(context: CheckContext): Promise<StageResult> {
  const { project, files, isFixing, env, signal } = context;
  const setting = project.check.ruff;
  if (setting === 'none')
    return { notes: [unmeasured('style of Python', '[check] ruff = "none"')], findings: [] };
  const python = files.filter((file) => file.endsWith('.py'));
  if (python.length === 0) return { notes: [none('ruff: there is no Python code')], findings: [] };
  const program = setting === 'auto' ? findOwnRuff(project.folder, env) : setting;
  const order = { folder: project.folder, files: python, isFixing, env, signal };
  try {
    const { name, lints, unformatted, fixed } = await runRuff(order, program);
    const findings = [...lints.map(toLintFinding), ...unformatted.map(toFormatFinding)];
    return {
      notes: findings.length === 0 ? [ok(`style (${name})`)] : [],
      findings,
      fixed: fixed.map((file) => `${file}: repaired and formatted by ${name}`),
    };
  } catch (error) {
    return { notes: [], findings: [toBrokenRuff(error, setting)] };
  }
}

/** The project's own ruff: in its environment, then on PATH. */
export function findOwnRuff(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const environments = [env.VIRTUAL_ENV, join(folder, '.venv'), join(folder, 'venv')];
  const places = [
    ...environments.filter((place) => place !== undefined).map((place) => join(place, 'bin')),
    ...(env.PATH ?? '').split(delimiter).filter((place) => place !== ''),
  ];
  return places.map((place) => join(place, 'ruff')).find((path) => existsSync(path));
}

function toBrokenRuff(error: unknown, setting: string): Finding {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'AO612',
    severity: 'error',
    message: isCoaiaError(error) ? message : `ruff could not be run: ${message.split('\n')[0]}`,
    file: 'ao.toml',
    cause:
      setting === 'auto'
        ? 'The ruff settings of the project ask for something that this ruff does not know.'
        : `[check] ruff = "${setting}" names the program to use.`,
    fix: 'correct the settings of ruff, or set ruff = "auto" in [check] of ao.toml',
  };
}

function toLintFinding({ file, line, rule, message, isFixable, help }: Lint): Finding {
  const manual = help ?? 'change the line';
  return {
    code: 'AO614',
    severity: 'error',
    message: `${rule}: ${message}`,
    file,
    line,
    fix: isFixable ? 'ao check --fix' : `${manual}; \`# noqa: ${rule}\` leaves the line as it is`,
  };
}

function toFormatFinding(file: string): Finding {
  return {
    code: 'AO615',
    severity: 'warning',
    message: `${file} is not laid out as the formatter writes it.`,
    file,
    fix: 'ao check --fix',
  };
}

async function lintRCode(context: CheckContext): Promise<StageResult> {
  const { project, files, env, signal } = context;
  if (project.check.lintr === 'none')
    return { notes: [unmeasured('style of R', '[check] lintr = "none"')], findings: [] };
  const code = files.filter((file) => /\.R$/i.test(file));
  if (code.length === 0) return { notes: [none('lintr: there is no R code')], findings: [] };
  const { path } = await context.findTestInterpreter('r');
  const order = { folder: project.folder, interpreter: path, env, signal };
  const { name, lints, missingTools } = await lintR(order, code);
  if (missingTools.length > 0) return toMissing(context, 'style of R', missingTools);
  const findings = lints.map(toRFinding);
  return { notes: findings.length === 0 ? [ok(`style (${name})`)] : [], findings };
}

function toRFinding({ isStyle, ...lint }: RLint): Finding {
  const { rule } = lint;
  return {
    ...toLintFinding(lint),
    severity: isStyle ? 'warning' : 'error',
    fix: `change the line; \`# nolint: ${rule}.\` leaves it as it is, a file .lintr changes the rules`,
  };
}

async function checkCoverage(
  context: CheckContext,
  language: 'python' | 'r',
): Promise<StageResult> {
  const { project, files } = context;
  const ending = language === 'python' ? /\.py$/ : /\.R$/i;
  const isOwn = files.some((file) => isModelCode(file) && ending.test(file));
  if (!isOwn) return { notes: [none('coverage: no model code of your own')], findings: [] };
  if (project.check[language === 'python' ? 'pytest' : 'testthat'] === 'none')
    return { notes: [unmeasured('coverage', 'tests are left out in [check]')], findings: [] };
  const { coverage, missingTools, failures } = await context.runTests(language);
  const absent = missingTools.filter(({ name }) => name === 'pytest-cov' || name === 'covr');
  if (absent.length > 0) return toMissing(context, 'coverage', absent);
  if (coverage === undefined) {
    const why = failures.length > 0 ? 'tests fail' : 'no tests ran';
    return { notes: [unmeasured('coverage', why)], findings: [] };
  }
  const threshold = project.check.coverage;
  if (isCovered(coverage, threshold))
    return { notes: [ok(`coverage ${toPercent(coverage)}`)], findings: [] };
  return { notes: [], findings: [toCoverageFinding(coverage, threshold)] };
}

function toCoverageFinding(coverage: Coverage, threshold: number): Finding {
  const { covered, total, missing } = coverage;
  const places = missing.map(({ file, lines }) => `${file} ${toRanges(lines)}`).join('; ');
  const [first] = missing;
  const line = first === undefined ? undefined : Math.min(...first.lines);
  return {
    code: 'AO613',
    severity: 'error',
    message: `Tests run ${toPercent(coverage)} of the model code (${covered} of ${total}); [check] coverage asks for ${threshold} %.`,
    file: first?.file ?? 'ao.toml',
    ...(line === undefined ? {} : { line }),
    cause: places === '' ? 'Branches are missing.' : `No test reaches ${places}.`,
    fix: 'add tests for these lines, or remove code that nothing uses',
  };
}
