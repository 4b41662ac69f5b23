/** `ao run test`: the tests of the model, with the interpreter that runs it. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import { findInterpreter } from '../../interpreters/find-interpreter.ts';
import type { ModelSettings, Project, Task } from '../../projects/project.ts';
import { readTrustedSignature } from '../../projects/trusted-signature.ts';
import { openBuiltIn, runOwnTask } from '../tasks/own-task.ts';

const PYTHON_TESTS = ['model-service/tests', 'tests'];
const R_TESTS = 'model-service/tests/testthat';

export const command = defineCommand({
  words: 'ops test',
  summary: 'Run the tests of the model',
  description:
    'pytest for Python and testthat for R, with the interpreter that runs the model. Words after -- go to pytest. The exit code is theirs.',
  positionals: [],
  options: {},
  takesRest: true,
  restUsage: '[-- ARGS...]',
  examples: ['ao test', 'ao test -- -k examples'],
  async run(context, { rest }) {
    const { project, code } = await openBuiltIn(context, 'test', rest);
    if (code !== undefined) return code;
    const tasks = await findTests(context, project);
    if (tasks.length === 0) context.out.notice('There are no tests: model-service/tests is empty.');
    for (const task of tasks) {
      const isPython = task.name === 'pytest';
      const failed = await runOwnTask(
        context,
        { ...project, tasks: [task] },
        task.name,
        isPython ? rest : [],
      );
      if (failed !== 0) return failed;
    }
    return EXIT.done;
  },
});

/** Tests as tasks. */
async function findTests(
  context: CommandContext<unknown>,
  project: Project,
): Promise<readonly Task[]> {
  const { folder } = project;
  const tasks: Task[] = [];
  const places = PYTHON_TESTS.filter((place) => existsSync(join(folder, place)));
  const hasR = existsSync(join(folder, R_TESTS));
  if (places.length > 0 && !hasR) {
    const program = await findProgram(context, project, 'python', project.check.pytest);
    const { PYTHONPATH: before } = context.env;
    const path = [join(folder, 'model-service'), before].filter(Boolean);
    const env = { PYTHONPATH: path.join(delimiter) };
    tasks.push(toTask('pytest', [...program, ...places], env));
  }
  if (hasR) {
    const program = await findProgram(context, project, 'r', project.check.testthat);
    tasks.push(toTask('testthat', program, {}));
  }
  return tasks;
}

function toTask(
  name: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Task {
  return { name, commands: [words.map((word) => quote(word)).join(' ')], needs: [], env };
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}

/** The command of ao.toml, or the tool of the interpreter that runs the model. */
async function findProgram(
  context: CommandContext<unknown>,
  project: Project,
  language: 'python' | 'r',
  given: string,
): Promise<readonly string[]> {
  if (given !== 'auto' && given !== 'none') return given.split(/\s+/);
  const model = project.models.find((one) => one.language === language);
  const tool = language === 'python' ? 'pytest' : 'testthat';
  const path =
    (model === undefined ? undefined : await findOwn(context, project, model)) ??
    (await findInterpreter({ language, needs: [tool], cwd: project.folder, env: context.env }))
      .path;
  return language === 'python'
    ? [path, '-m', 'pytest']
    : [
        path,
        '--no-save',
        '--no-restore',
        '-e',
        `testthat::test_dir("${R_TESTS}", stop_on_failure = TRUE)`,
      ];
}

async function findOwn(
  context: CommandContext<unknown>,
  project: Project,
  model: ModelSettings,
): Promise<string | undefined> {
  const { interpreter } = await readTrustedSignature(context, project, model);
  return interpreter?.path;
}
