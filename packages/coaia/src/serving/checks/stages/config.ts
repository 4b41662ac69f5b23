/** ao.toml: every mistake of it, secrets that are written out, names without values. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../signatures/finding.ts';
import type { InputOverride } from '../../projects/project.ts';
import { LOCAL_FILE, PROJECT_FILE } from '../../projects/find-project.ts';
import type { CheckContext } from '../context.ts';
import { ok } from '../report.ts';
import type { StageResult } from '../report.ts';
import { findSecrets } from '../secrets.ts';
import { findOrigin } from './structure.ts';

/** Where people write values that do not belong there. */
const READ =
  /(?:\.(?:py|r|rmd|toml|ya?ml|json|cfg|ini|conf|sh|ipynb|txt|csv|properties)|(?:^|\/)(?:Dockerfile[^/]*|[^/]*\.Dockerfile|Makefile|\.env[^/]*))$/i;

/** Larger files are data. */
const LARGEST = 512 * 1024;

/** AO101 to AO105 of the reader; AO601, AO602, AO605. */
export async function checkConfig(context: CheckContext): Promise<StageResult> {
  const { problems } = context;
  const secrets = findWrittenSecrets(context);
  const values = [...findValueless(context), ...findContradictions(context)];
  const findings = [...problems, ...values, ...secrets];
  const isSound = problems.length === 0 && values.length === 0;
  return {
    notes: [
      ...(isSound ? [ok('ao.toml')] : []),
      ...(secrets.length === 0 ? [ok('no secrets in files')] : []),
    ],
    findings,
  };
}

function findWrittenSecrets({ project, files }: CheckContext): readonly Finding[] {
  // ao.local.toml and .env files begin with or are left out of lists of code; they are files of the project too.
  const extra = [LOCAL_FILE, '.Renviron', '.Rprofile'].filter((file) =>
    existsSync(join(project.folder, file)),
  );
  const all = [...new Set([...files.filter((file) => READ.test(file)), ...extra])];
  return all.flatMap((file) => {
    const path = join(project.folder, file);
    if (statSync(path).size > LARGEST) return [];
    return findSecrets(file, readFileSync(path, 'utf8'));
  });
}

/** Names of [secrets] that have no value on this machine. */
function findValueless({ project, env }: CheckContext): readonly Finding[] {
  return project.secrets.flatMap(({ name, env: variable = name, file }): readonly Finding[] => {
    const isThere =
      file === undefined
        ? (env[variable] ?? '') !== ''
        : existsSync(join(project.folder, file)) || existsSync(file);
    if (isThere) return [];
    const place =
      file === undefined ? `the variable ${variable} is not set` : `${file} does not exist`;
    return [
      {
        code: 'AO602',
        severity: 'warning',
        message: `The secret \`${name}\` has no value here: ${place}.`,
        file: PROJECT_FILE,
        ...findSecretLine(project.origins, name),
        cause: 'ao.toml holds names of secrets only; their values come from outside.',
        fix:
          file === undefined
            ? `export ${variable}=...`
            : `write the value into ${file}, which stays out of git`,
      },
    ];
  });
}

function findSecretLine(origins: ReadonlyMap<string, string>, name: string): Pick<Finding, 'line'> {
  const keys = [`secrets.${name}.env`, `secrets.${name}.file`, 'secrets.names'];
  const origin = keys.map((key) => origins.get(key)).find((found) => found !== undefined);
  const line = /:(\d+)$/.exec(origin ?? '')?.[1];
  return line === undefined ? {} : { line: Number(line) };
}

/** Rules of one input that cannot hold together: AO605. */
function findContradictions(context: CheckContext): readonly Finding[] {
  return context.project.models.flatMap((model) =>
    Object.entries(model.inputs).flatMap(([name, override]): readonly Finding[] => {
      const what = findContradiction(override);
      if (what === undefined) return [];
      return [
        {
          code: 'AO605',
          severity: 'error',
          message: `The rules for the input \`${name}\` contradict each other: ${what.text}.`,
          ...findOrigin(context, model, `inputs.${name}.${what.key}`),
          cause: 'No request could satisfy both.',
          fix: `correct \`${what.key}\` of the input in ao.toml`,
        },
      ];
    }),
  );
}

interface Contradiction {
  readonly key: 'min' | 'levels' | 'default';
  readonly text: string;
}

function findContradiction(override: InputOverride): Contradiction | undefined {
  const { min, max, levels = [] } = override;
  if (min !== undefined && max !== undefined && min > max)
    return { key: 'min', text: `min ${min} is above max ${max}` };
  const twice = levels.find((level, index) => levels.indexOf(level) !== index);
  if (twice !== undefined) return { key: 'levels', text: `the level ${twice} appears twice` };
  return findWrongDefault(override);
}

function findWrongDefault({
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
  levels,
  default: fallback,
}: InputOverride): Contradiction | undefined {
  if (fallback === undefined) return undefined;
  if (levels !== undefined && !levels.includes(fallback))
    return { key: 'default', text: `the default ${fallback} is none of ${levels.join(', ')}` };
  if (typeof fallback !== 'number' || (fallback >= min && fallback <= max)) return undefined;
  return { key: 'default', text: `the default ${fallback} is outside of min and max` };
}
