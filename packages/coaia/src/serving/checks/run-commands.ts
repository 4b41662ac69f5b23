/** Commands of [check] linters and testers: as written, from the project's folder, exactly once each. */
import type { Finding } from '../signatures/finding.ts';
import type { CheckContext } from './context.ts';
import { ok } from './report.ts';
import type { StageResult } from './report.ts';
import { runTool, toLastLines } from './run-tool.ts';
import type { ToolResult } from './run-tool.ts';

const LONGEST = 30 * 60_000;

/** What is checked anyway. */
const OWN: Readonly<Record<string, string>> = {
  ruff: 'ao check runs the ruff that comes with it',
  pytest: 'ao check runs pytest through the interpreter of the model',
};

/** Runs all of them, also behind one that fails: AO616, AO612. */
export async function runCommands(
  { project, env, signal }: CheckContext,
  lines: readonly string[],
  kind: 'linter' | 'tester',
): Promise<StageResult> {
  const findings: Finding[] = [];
  const passed: string[] = [];
  for (const line of lines) {
    const [program = '', ...args] = toWords(line);
    const run = { program, args, cwd: project.folder, env, signal, timeoutMs: LONGEST };
    const result = await runTool(run);
    if (result.kind === 'ended' && result.code === 0) passed.push(line);
    else findings.push(toFinding(line, kind, result, project.origins.get(`check.${kind}s`)));
  }
  return { notes: passed.map((line) => ok(line)), findings };
}

function toFinding(
  line: string,
  kind: string,
  result: ToolResult,
  origin: string | undefined,
): Finding {
  const place = /^(ao[\w.]*\.toml):(\d+)$/.exec(origin ?? '');
  const where = {
    file: place?.[1] ?? 'ao.toml',
    ...(place === null ? {} : { line: Number(place[2]) }),
  };
  if (result.kind === 'absent') {
    const program = toWords(line)[0] ?? '';
    const own = OWN[program];
    return {
      code: 'AO612',
      severity: 'error',
      message: `The ${kind} \`${line}\` was not run: there is no program \`${program}\`.`,
      ...where,
      cause: 'It is not on PATH.',
      fix:
        own === undefined
          ? `install it, or take it out of [check] ${kind}s`
          : `take it out of [check] ${kind}s: ${own}`,
    };
  }
  const end = result.kind === 'late' ? 'did not end in 30 minutes' : `ended with ${result.code}`;
  return {
    code: 'AO616',
    severity: 'error',
    message: `The ${kind} \`${line}\` ${end}: ${toLastLines(result) || 'it wrote nothing'}`,
    ...where,
    cause: 'It ran once, from the folder of the project.',
    fix: `run \`${line}\` there to see all of what it says`,
  };
}

/** Splits as a shell does: quotes keep words together, nothing is expanded. */
export function toWords(line: string): readonly string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_whole, double?: string, single?: string, escaped?: string) =>
        double?.replaceAll(/\\(["\\])/g, '$1') ?? single ?? escaped ?? '',
    ),
  );
}
