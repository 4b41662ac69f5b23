/** The project's own tests, and the commands of [check] testers. */
import type { Finding } from '../../signatures/finding.ts';
import { listLanguages } from '../context.ts';
import type { CheckContext } from '../context.ts';
import { mergeResults, none, ok, unmeasured } from '../report.ts';
import type { StageResult } from '../report.ts';
import { runCommands } from '../run-commands.ts';
import type { MissingTool, TestReport } from '../tests/test-report.ts';

const RUNNERS = { python: 'pytest', r: 'testthat' } as const;

/** AO610, AO611, AO612, AO616. */
export async function checkTests(context: CheckContext): Promise<StageResult> {
  const results: StageResult[] = [];
  const languages = listLanguages(context);
  for (const language of languages) results.push(await runLanguage(context, language));
  if (languages.length === 0)
    results.push({ notes: [none('no tests: there is no code to test')], findings: [] });
  // A tester that is nothing but the runner has run already.
  const others = context.project.check.testers.filter((line) => line.trim() !== 'pytest');
  results.push(await runCommands(context, others, 'tester'));
  return mergeResults(results);
}

async function runLanguage(context: CheckContext, language: 'python' | 'r'): Promise<StageResult> {
  const runner = RUNNERS[language];
  if (context.project.check[runner] === 'none')
    return { notes: [unmeasured('tests', `[check] ${runner} = "none"`)], findings: [] };
  const { path } = await context.findTestInterpreter(language);
  const report = await context.runTests(language);
  const absent = report.missingTools.filter(({ name }) => name === runner);
  if (absent.length > 0) return toMissing(context, 'tests', absent);
  const findings = report.failures.map((failure) => toFinding(failure, language, path));
  if (findings.length > 0) return { notes: [], findings };
  if (report.passed === 0) return { notes: [], findings: [noTests(report, language)] };
  const count = report.passed === 1 ? '1 test' : `${report.passed} tests`;
  return { notes: [ok(`${count} (${report.tool ?? runner})`)], findings };
}

function toFinding(
  { name, file, line, message, testFile = file }: TestReport['failures'][number],
  language: 'python' | 'r',
  interpreter: string,
): Finding {
  // A name with dots or of the runner itself is a file that could not be read.
  const isFile = name === 'pytest' || name.includes('.');
  const alone =
    language === 'python'
      ? `PYTHONPATH=model-service ${interpreter} -m pytest ${testFile}${isFile ? '' : ` -k ${name}`}`
      : `${interpreter} -e 'testthat::test_file("${testFile}")'`;
  return {
    code: 'AO610',
    severity: 'error',
    message: `The test \`${name}\` failed: ${message}`,
    file,
    ...(line === undefined ? {} : { line }),
    fix: `correct the model or the test; alone it runs with ${alone}`,
  };
}

/** Which setting asks for a program. */
const ASKED_BY: Readonly<Record<string, string>> = {
  pytest: 'check.pytest',
  testthat: 'check.testthat',
  lintr: 'check.lintr',
  'pytest-cov': 'check.coverage',
  covr: 'check.coverage',
};

/** AO612 for programs that are not there, and what nobody knows therefore. */
export function toMissing(
  context: CheckContext,
  what: string,
  tools: readonly MissingTool[],
): StageResult {
  const why = `${tools.map(({ name }) => name).join(' and ')} is not installed`;
  return {
    notes: [unmeasured(what, why)],
    findings: tools.map((tool) => toMissingFinding(context, tool)),
  };
}

/** An error only where ao.toml asks for what it does. */
function toMissingFinding({ project }: CheckContext, { name, purpose, fix }: MissingTool): Finding {
  const origin = project.origins.get(ASKED_BY[name] ?? '');
  const line = /^ao\.toml:(\d+)$/.exec(origin ?? '')?.[1];
  return {
    code: 'AO612',
    severity: origin === undefined ? 'warning' : 'error',
    message: `${name} is not installed, so ${purpose}.`,
    file: 'ao.toml',
    ...(line === undefined ? {} : { line: Number(line) }),
    cause: 'It was looked for in the interpreter that runs the model.',
    fix,
  };
}

function noTests({ reason }: TestReport, language: 'python' | 'r'): Finding {
  const file =
    language === 'python'
      ? 'model-service/tests/test_model.py'
      : 'model-service/tests/testthat/test-model.R';
  return {
    code: 'AO611',
    severity: 'warning',
    message: `No test of the model was run: ${reason ?? 'none was found'}.`,
    file,
    cause: 'Without a test nobody notices when a change breaks the predictions.',
    fix: `write ${file} with one row whose prediction is known`,
  };
}
