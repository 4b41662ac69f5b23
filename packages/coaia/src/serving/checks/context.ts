/** What the stages share: the project, and everything that is costly and wanted by several of them. */
import type { ModelSettings, Project } from '../projects/project.ts';
import type { SettingProblem } from '../projects/layer.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import type { Interpreter } from '../versions/version.ts';
import type { TestReport } from './tests/test-report.ts';
import type { StageResult } from './report.ts';

export interface CheckContext {
  readonly project: Project;
  /** What is wrong in ao.toml and over it. */
  readonly problems: readonly SettingProblem[];
  /** Environment of the user, for programs of the user. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** COAIA_HOME: what this machine trusts. */
  readonly home: string;
  readonly isFixing: boolean;
  readonly signal: AbortSignal;
  /** Files that people wrote, relative to the project. */
  readonly files: readonly string[];
  /** The signature of a model; read once. */
  readonly readModel: (model: ModelSettings) => Promise<SignatureReport>;
  /** Tests and their coverage, run once. */
  readonly runTests: (language: 'python' | 'r') => Promise<TestReport>;
  /** The interpreter in which tests run; read once. Fails with AO301. */
  readonly findTestInterpreter: (language: 'python' | 'r') => Promise<Interpreter>;
}

export type StageRun = (context: CheckContext) => Promise<StageResult>;

/** Calls a function once for each key; failures are remembered as well. */
export function rememberBy<K, T>(make: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const known = new Map<K, Promise<T>>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Languages that the project has code in. */
export function listLanguages({ project, files }: CheckContext): readonly ('python' | 'r')[] {
  const hasCode = (pattern: RegExp) => files.some((file) => pattern.test(file));
  const isUsed = (language: string) => project.models.some((model) => model.language === language);
  return [
    ...(isUsed('python') || hasCode(/\.py$/) ? (['python'] as const) : []),
    ...(isUsed('r') || hasCode(/\.R$/i) ? (['r'] as const) : []),
  ];
}
