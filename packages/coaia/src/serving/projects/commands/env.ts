/** `ao env`: which interpreter runs the models, with which packages. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '#base';
import { writeWholeFile } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { Interpreter } from '../../versions/version.ts';
import { makeEnvironments } from '../environments/make-environment.ts';
import { projectFailures } from '../errors.ts';
import { renderRequirements } from '../init/python-text.ts';
import { renderDescription } from '../init/r-text.ts';
import { lockDescription } from '../lock-text.ts';
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
    'Shows the interpreter that was chosen for each model and the packages that the model needs. --lock writes their exact versions to requirements.txt or DESCRIPTION and leaves everything else there. --make makes an environment of the project and the lock file: .venv for Python, in which the packages of the chosen one can be seen, and .rlib for R, with copies of the packages that the models need. They are preferred from then on, and what you install in them changes nothing elsewhere. `ao check` tells when lock and environment differ.',
  positionals: [],
  options: {
    lock: { type: 'boolean', summary: 'Write the exact versions' },
    make: { type: 'boolean', summary: 'Make an environment for this project, and lock it' },
  },
  examples: ['ao env', 'ao env --lock', 'ao env --make'],
  async run(context, { options }) {
    const { cwd, env, out, flags } = context;
    const project = await readProject(cwd, { env });
    const found: Found[] = [];
    for (const model of project.models)
      found.push({ model, interpreter: await find(context, project, model) });
    const makes = options.make === true;
    if (makes) {
      const of = (language: string) =>
        found.find(({ model }) => model.language === language)?.interpreter;
      const request = { folder: project.folder, env, python: of('python'), r: of('r') };
      for (const text of await makeEnvironments(request)) out.confirm(text);
    }
    if (makes || options.lock === true)
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
  const texts = new Map<string, string>();
  for (const { model, interpreter } of found) {
    const path = toLockPath(model);
    if (interpreter === undefined || texts.has(path)) continue;
    const same = found.filter((one) => one.model.language === model.language);
    const packages = Object.assign(
      {},
      ...same.map((one) => one.interpreter?.packages ?? {}),
    ) as Interpreter['packages'];
    const file = join(project.folder, path);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const { language } = model;
    texts.set(path, toLocked(project, { before, language, interpreter, packages }));
  }
  // All of them are known to be possible before the first is written.
  for (const [path, text] of texts) {
    const file = join(project.folder, path);
    if (existsSync(file)) writeWholeFile(file, text);
    else writeFileSync(file, text);
  }
  return [...texts.keys()];
}

interface Locking {
  /** The file as it is; empty when there is none. */
  readonly before: string;
  readonly language: ModelSettings['language'];
  readonly interpreter: Interpreter;
  readonly packages: Interpreter['packages'];
}

function toLocked(
  { name }: Project,
  { before, language, interpreter: { version }, packages }: Locking,
): string {
  const isNew = before.trim() === '';
  if (language !== 'r') return renderRequirements(packages, isNew ? undefined : before);
  if (isNew) return renderDescription(name, version, packages);
  return lockDescription(before, version, packages);
}
