/** Runs the stages over a project, in their order, each to its end. */
import { isCoaiaError } from '#base';
import { findInterpreter } from '../interpreters/find-interpreter.ts';
import { inspectProject } from '../projects/read-project.ts';
import type { ModelSettings, Project } from '../projects/project.ts';
import { isTrusted } from '../projects/trust.ts';
import { readSignature } from '../signatures/read-signature.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import type { Interpreter } from '../versions/version.ts';
import { rememberBy } from './context.ts';
import type { CheckContext, StageRun } from './context.ts';
import { listProjectFiles } from './list-files.ts';
import { countFindings, listUnmeasured, STAGES, unmeasured } from './report.ts';
import type { CheckReport, Stage, StageReport, StageResult } from './report.ts';
import { runPythonTests } from './tests/python-tests.ts';
import { runRTests } from './tests/r-code.ts';
import { isModelCode } from './tests/test-report.ts';
import type { TestReport } from './tests/test-report.ts';

export interface CheckOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** COAIA_HOME. */
  readonly home: string;
  readonly isFixing: boolean;
  /** Stages to run; all when empty. */
  readonly only: readonly Stage[];
  readonly signal: AbortSignal;
  /** Reads signatures in another way, for tests of what only uses them. */
  readonly readSignature?: typeof readSignature;
}

/** Stages load when they run: `--only config` starts no engine. */
const runs: Readonly<Record<Stage, () => Promise<StageRun>>> = {
  structure: async () => (await import('./stages/structure.ts')).checkStructure,
  config: async () => (await import('./stages/config.ts')).checkConfig,
  interface: async () => (await import('./stages/interface.ts')).checkInterface,
  model: async () => (await import('./stages/model.ts')).checkModel,
  tests: async () => (await import('./stages/tests.ts')).checkTests,
  quality: async () => (await import('./stages/quality.ts')).checkQuality,
  deploy: async () => (await import('./stages/deploy.ts')).checkDeploy,
};

/** Stages that mean nothing while ao.toml cannot be read. */
const NEEDS_SETTINGS: ReadonlySet<Stage> = new Set([
  'interface',
  'model',
  'tests',
  'quality',
  'deploy',
]);

/** Fails with AO110 when there is no project; everything else that is wrong is in the report. */
export async function checkProject(options: CheckOptions): Promise<CheckReport> {
  const reading = await inspectProject(options.cwd, { env: options.env });
  const context = openContext(options, reading);
  const isUnreadable = reading.problems.some(({ code }) => code === 'AO104');
  const stages: StageReport[] = [];
  for (const stage of STAGES) {
    if (options.only.length > 0 && !options.only.includes(stage)) continue;
    options.signal.throwIfAborted();
    const begin = performance.now();
    const result =
      isUnreadable && NEEDS_SETTINGS.has(stage)
        ? { notes: [unmeasured(stage, 'ao.toml cannot be read')], findings: [] }
        : await runStage(stage, context);
    stages.push({
      stage,
      ...result,
      fixed: result.fixed ?? [],
      durationMs: Math.round(performance.now() - begin),
    });
  }
  const { name, folder } = reading.project;
  return {
    project: name,
    folder,
    stages,
    ...countFindings(stages),
    unmeasured: listUnmeasured(stages),
  };
}

/** A failure with a code is a finding as well: the other stages have more to say. */
async function runStage(stage: Stage, context: CheckContext): Promise<StageResult> {
  const run = await runs[stage]();
  try {
    return await run(context);
  } catch (error) {
    if (context.signal.aborted || !isCoaiaError(error)) throw error;
    const { code, message, hint = `ao explain ${code}` } = error;
    return {
      notes: [],
      findings: [{ code, severity: 'error', message, file: 'ao.toml', fix: hint }],
    };
  }
}

function openContext(
  options: CheckOptions,
  reading: { readonly project: Project; readonly problems: CheckContext['problems'] },
): CheckContext {
  const { env, home, isFixing, signal } = options;
  const { project, problems } = reading;
  const files = listProjectFiles(project.folder);
  const readModel = rememberBy((model: ModelSettings) =>
    (options.readSignature ?? readSignature)({
      project,
      model,
      isTrusted: (sha256) => isTrusted(home, sha256),
    }),
  );
  const findTestInterpreter = rememberBy((language: 'python' | 'r') =>
    findRunner({ project, env, readModel }, language),
  );
  const runTests = rememberBy(async (language: 'python' | 'r') =>
    runLanguageTests(
      { project, env, signal, files },
      language,
      await findTestInterpreter(language),
    ),
  );
  return {
    project,
    problems,
    env,
    home,
    isFixing,
    signal,
    files,
    readModel,
    findTestInterpreter,
    runTests,
  };
}

interface Search {
  readonly project: Project;
  readonly env: CheckContext['env'];
  readonly readModel: (model: ModelSettings) => Promise<SignatureReport>;
}

/** The interpreter of the first model in this language, otherwise any that runs tests. */
async function findRunner(
  { project, env, readModel }: Search,
  language: 'python' | 'r',
): Promise<Interpreter> {
  const model = project.models.find((one) => one.language === language);
  const report = model === undefined ? undefined : await readModel(model);
  if (report?.interpreter !== undefined) return report.interpreter;
  const wanted = language === 'python' ? model?.python : model?.rscript;
  return findInterpreter({
    language,
    ...(wanted === undefined ? {} : { wanted }),
    needs: [],
    cwd: project.folder,
    env,
  });
}

function runLanguageTests(
  { project, env, signal, files }: Pick<CheckContext, 'project' | 'env' | 'signal' | 'files'>,
  language: 'python' | 'r',
  { path }: Interpreter,
): Promise<TestReport> {
  const order = { folder: project.folder, interpreter: path, env, signal };
  if (language === 'python') return runPythonTests({ ...order, command: project.check.pytest });
  return runRTests(
    order,
    files.filter((file) => isModelCode(file) && /\.R$/i.test(file)),
  );
}
