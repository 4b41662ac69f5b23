/** `ao env`: which interpreter runs the models, with which packages. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { Interpreter } from '../../versions/version.ts';
import { projectFailures } from '../errors.ts';
import { renderRequirements } from '../init/python-text.ts';
import { renderDescription } from '../init/r-text.ts';
import type { ModelSettings, Project } from '../project.ts';
import { readProject } from '../read-project.ts';
import { readTrustedSignature } from '../trusted-signature.ts';
import type { TrustPlace } from '../trusted-signature.ts';

interface Found {
  readonly model: ModelSettings;
  /** Undefined for ONNX. */
  readonly interpreter: Interpreter | undefined;
}

export const command = defineCommand({
  words: 'ops env',
  summary: 'Show or lock what runs the models: Python or R, and its packages',
  description:
    'Shows the interpreter that was chosen for each model and the packages that the model needs. --lock writes their exact versions to requirements.txt or DESCRIPTION. --make makes the folder .venv of the project, in which the packages of the chosen Python can be seen; it is preferred from then on, and what you install in it changes nothing elsewhere.',
  positionals: [],
  options: {
    lock: { type: 'boolean', summary: 'Write the exact versions' },
    make: { type: 'boolean', summary: 'Make a Python environment for this project' },
  },
  examples: ['ao env', 'ao env --lock', 'ao env --make'],
  async run(context, { options }) {
    const { cwd, env, out, flags } = context;
    const project = await readProject(cwd, { env });
    const found: Found[] = [];
    for (const model of project.models)
      found.push({ model, interpreter: await find(context, project, model) });
    if (options.make === true) await makeVenv(context, project, found);
    if (options.lock === true)
      for (const path of lock(project, found)) out.confirm(`Wrote ${path}.`);
    if (flags.json)
      out.json({
        models: found.map(({ model, interpreter = null }) => ({
          name: model.name,
          language: model.language,
          interpreter,
        })),
      });
    else for (const one of found) print(context, project, one);
    return EXIT.done;
  },
});

/** AO301 and the like come as they are found. */
async function find(
  place: TrustPlace,
  project: Project,
  model: ModelSettings,
): Promise<Interpreter | undefined> {
  if (model.language === 'onnx') return undefined;
  const { interpreter, findings } = await readTrustedSignature(place, project, model);
  if (interpreter !== undefined) return interpreter;
  const broken = findings.find(({ severity }) => severity === 'error');
  throw projectFailures.create(
    'AO114',
    broken?.message ?? `Nothing that runs ${model.name} was found.`,
    {
      hint: broken?.fix ?? 'ao check',
    },
  );
}

const LANGUAGES = { python: 'Python', r: 'R', onnx: 'ONNX' } as const;

function print(
  { out }: CommandContext<unknown>,
  { folder }: Project,
  { model, interpreter }: Found,
): void {
  if (interpreter === undefined) {
    out.line(`${model.name}: runs in ao itself`);
    return;
  }
  out.line(
    `${model.name}: ${LANGUAGES[model.language]} ${interpreter.version}  ${interpreter.path}`,
  );
  const locked = readLock(folder, model);
  for (const [name, version] of Object.entries(interpreter.packages)) {
    const wanted = locked.get(name);
    const note = wanted === undefined || wanted === version ? '' : `  (locked: ${wanted})`;
    out.line(`  ${name} ${version}${note}`);
  }
}

/** Exact versions by the names of modules or packages. */
function readLock(folder: string, model: ModelSettings): ReadonlyMap<string, string> {
  const path = join(folder, toLockPath(model));
  if (!existsSync(path)) return new Map();
  const text = readFileSync(path, 'utf8');
  const matches = text.matchAll(/^\s*([\w.-]+)\s*(?:==\s*|\(==\s*)([\w.+-]+)/gm);
  const modules: Readonly<Record<string, string>> = { 'scikit-learn': 'sklearn' };
  return new Map(
    [...matches].map(([, name = '', version = '']) => [modules[name] ?? name, version]),
  );
}

function toLockPath({ language }: ModelSettings): string {
  return `model-service/${language === 'r' ? 'DESCRIPTION' : 'requirements.txt'}`;
}

/** Packages of all models in one language go into one file. */
function lock(project: Project, found: readonly Found[]): readonly string[] {
  const written = new Set<string>();
  for (const { model, interpreter } of found) {
    const path = toLockPath(model);
    if (interpreter === undefined || written.has(path)) continue;
    const same = found.filter((one) => one.model.language === model.language);
    const packages = Object.assign(
      {},
      ...same.map((one) => one.interpreter?.packages ?? {}),
    ) as Interpreter['packages'];
    const text =
      model.language === 'r'
        ? renderDescription(project.name, interpreter.version, packages)
        : renderRequirements(packages);
    writeFileSync(join(project.folder, path), text);
    written.add(path);
  }
  return [...written];
}

/** The packages of the chosen Python stay visible, so nothing has to be loaded from anywhere. */
async function makeVenv(
  { out, env }: CommandContext<unknown>,
  project: Project,
  found: readonly Found[],
): Promise<void> {
  const one = found.find(({ model }) => model.language === 'python');
  if (one?.interpreter === undefined)
    throw projectFailures.create(
      'AO114',
      'Environments are made for Python, and no model of this project is in Python.',
      {
        hint: 'set [model] rscript to choose an R',
      },
    );
  const target = join(project.folder, '.venv');
  if (existsSync(target)) {
    out.notice('.venv is there already.');
    return;
  }
  const { path } = one.interpreter;
  await new Promise<void>((resolve, reject) => {
    execFile(
      path,
      ['-m', 'venv', '--system-site-packages', target],
      { env },
      (error, _stdout, stderr) => {
        if (error === null) resolve();
        else
          reject(
            projectFailures.create(
              'AO114',
              `${path} could not make ${dirname(target)}/.venv: ${stderr.trim().split('\n').at(-1) ?? ''}`,
              {
                hint: 'apt-get install python3-venv',
              },
            ),
          );
      },
    );
  });
  out.confirm('Made .venv.');
}
