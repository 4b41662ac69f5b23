/** Lock files against the interpreter that runs the model here: AO604, AO607. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '#base';
import type { Finding } from '../../signatures/finding.ts';
import type { Interpreter } from '../../versions/version.ts';
import type { CheckContext } from '../context.ts';

const REQUIREMENTS = 'model-service/requirements.txt';
const RENV = 'model-service/renv.lock';
const DESCRIPTION = 'model-service/DESCRIPTION';

/** requirements.txt, renv.lock and without one DESCRIPTION, as far as there are models in their language. */
export async function checkLocks(context: CheckContext): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const python = await readLocked(context, 'python', REQUIREMENTS);
  if (python !== undefined) findings.push(...checkRequirements(python.text, python.interpreter));
  const r = await readLocked(context, 'r', RENV);
  if (r?.interpreter !== undefined) findings.push(...checkRenv(r.text, r.interpreter));
  const description = r === undefined ? await readLocked(context, 'r', DESCRIPTION) : undefined;
  if (description?.interpreter !== undefined)
    findings.push(...checkDescription(description.text, description.interpreter));
  return findings;
}

async function readLocked({ project, readModel }: CheckContext, language: string, file: string) {
  const path = join(project.folder, file);
  const model = project.models.find((one) => one.language === language);
  if (model === undefined || !existsSync(path)) return undefined;
  const report = await readModel(model).catch(() => undefined);
  return { text: readFileSync(path, 'utf8'), interpreter: report?.interpreter };
}

function checkRequirements(text: string, interpreter: Interpreter | undefined): readonly Finding[] {
  const packages = Object.entries(interpreter?.packages ?? {});
  const installed = new Map(packages.map(([name, version]) => [toName(name), version]));
  return text.split('\n').flatMap((line, index) => {
    const finding = checkRequirement(line, installed);
    return finding === undefined ? [] : [{ ...finding, file: REQUIREMENTS, line: index + 1 }];
  });
}

/** Packages that are installed under another name than they are imported. */
const INSTALLED_AS: Readonly<Record<string, string>> = {
  cv2: 'opencv-python',
  pil: 'pillow',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
};

/** Names are the same with dashes, dots and underscores. */
function toName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  return INSTALLED_AS[plain] ?? plain;
}

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)/;

/** Blank lines, comments, options, addresses and folders fix no version by a number. */
function isRequirement(line: string): boolean {
  return line !== '' && !/^(?:#|-)/.test(line) && !/:\/\/| @ /.test(line);
}

/** One line of requirements.txt; undefined when it is fine or no requirement. */
export function checkRequirement(
  text: string,
  installed: ReadonlyMap<string, string>,
): Finding | undefined {
  const line = text.trim();
  const match = isRequirement(line) ? REQUIREMENT.exec(line) : null;
  if (match === null) return undefined;
  const [, name = '', rest = ''] = match;
  const here = installed.get(toName(name));
  const pinned = /^===?\s*([^\s,*]+)$/.exec(rest.replace(/\s--hash.*$/, '').trim())?.[1];
  if (pinned === undefined) return toUnpinned(line, name, here);
  if (here === undefined || here === pinned) return undefined;
  return toSkew(name, pinned, here);
}

function toSkew(name: string, pinned: string, here: string): Finding {
  return {
    code: 'AO607',
    severity: 'warning',
    message: `${name} is ${pinned} in the lock file and ${here} in the interpreter that runs the model here.`,
    cause: 'An image gets the locked version and may predict differently from here.',
    fix: `install ${name} ${pinned} here, or lock ${here} if the model was fitted with it`,
  };
}

function toUnpinned(line: string, name: string, here: string | undefined): Finding {
  return {
    code: 'AO604',
    severity: 'warning',
    message: `\`${line}\` does not fix a version of ${name}.`,
    cause: 'Two images made on different days may hold different versions and predict differently.',
    fix:
      here === undefined
        ? 'ao env --lock'
        : `write ${name}==${here}, the version here, or run ao env --lock`,
  };
}

/** The version of R, and every package of the lock file that the model needs. */
function checkRenv(text: string, { version, packages }: Interpreter): readonly Finding[] {
  const lock = parse(text);
  if (lock === undefined)
    return [
      {
        code: 'AO604',
        severity: 'warning',
        message: `${RENV} cannot be read as JSON, so it fixes no versions.`,
        file: RENV,
        fix: 'write it again: ao env --lock, or renv::snapshot() in R',
      },
    ];
  const locked = Object.entries(isObject(lock.Packages) ? lock.Packages : {});
  const pairs: readonly (readonly [string, unknown, string | undefined])[] = [
    ['R', isObject(lock.R) ? lock.R.Version : undefined, version],
    ...locked.map(([name, entry]) => {
      const pinned = isObject(entry) ? entry.Version : undefined;
      return [name, pinned, packages[name]] as const;
    }),
  ];
  return pairs.flatMap(([name, pinned, here]) => {
    if (typeof pinned !== 'string' || here === undefined || pinned === here) return [];
    const at = text.split('\n').findIndex((line) => line.includes(`"${name}": {`));
    return [{ ...toSkew(name, pinned, here), file: RENV, line: at + 1 }];
  });
}

/** `mgcv (== 1.8-41)`; R writes the same version with dots and dashes. */
function checkDescription(text: string, { packages }: Interpreter): readonly Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const [, name = '', pinned = ''] = /([A-Za-z][\w.]*)\s*\(==\s*([\w.-]+)\)/.exec(line) ?? [];
    const here = packages[name];
    if (here === undefined || toDots(here) === toDots(pinned)) return [];
    return [{ ...toSkew(name, pinned, here), file: DESCRIPTION, line: index + 1 }];
  });
}

const toDots = (version: string) => version.replaceAll('-', '.');

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
