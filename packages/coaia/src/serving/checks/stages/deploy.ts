/** What matters when the service leaves this machine. Nothing here is needed to run it here. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isLoopback } from '#egress';
import type { Finding } from '../../signatures/finding.ts';
import type { Field } from '../../signatures/signature.ts';
import type { ModelSettings } from '../../projects/project.ts';
import type { CheckContext } from '../context.ts';
import { none, ok } from '../report.ts';
import type { Note, StageResult } from '../report.ts';
import { findOrigin } from './structure.ts';

const ENGINES = ['docker', 'podman', 'buildah'];
const REQUIREMENTS = 'model-service/requirements.txt';

/** AO501 as information, AO603, AO604, AO606, AO607. */
export async function checkDeploy(context: CheckContext): Promise<StageResult> {
  const ranges = await Promise.all(
    context.project.models.map((model) => checkRules(context, model)),
  );
  const findings = [...checkHost(context), ...(await checkRequirements(context)), ...ranges.flat()];
  return { notes: [...describeHost(context), findEngine(context)], findings };
}

function findEngine({ project, env }: CheckContext): Note {
  const wanted = project.build.engine;
  if (wanted === 'none') return ok('images are written by ao itself');
  const places = (env.PATH ?? '').split(delimiter).filter((place) => place !== '');
  const isThere = (name: string) => places.some((place) => existsSync(join(place, name)));
  const found = (wanted === 'auto' ? ENGINES : [wanted]).find(isThere);
  if (found !== undefined) return ok(`images by ${found}`);
  const names = wanted === 'auto' ? 'docker, podman or buildah' : wanted;
  return none(
    `no ${names} here: not needed to run; \`ao build --engine none\` writes an image file`,
    'AO501',
  );
}

function describeHost({ project: { api } }: CheckContext): readonly Note[] {
  if (isLoopback(api.host)) return [ok(`answers this machine only (${api.host})`)];
  return api.auth === 'none' ? [] : [ok(`${api.host} with keys`)];
}

function checkHost({ project: { api, origins } }: CheckContext): readonly Finding[] {
  if (isLoopback(api.host) || api.auth !== 'none') return [];
  const line = /^ao\.toml:(\d+)$/.exec(origins.get('api.host') ?? '')?.[1];
  return [
    {
      code: 'AO603',
      severity: 'error',
      message: `[api] host = "${api.host}" can be reached by other machines, and auth = "none" lets everybody predict.`,
      file: 'ao.toml',
      ...(line === undefined ? {} : { line: Number(line) }),
      cause: 'Predictions can be used to copy a model and to learn about its training data.',
      fix: 'set auth = "keys" in [api], or host = "127.0.0.1" behind a proxy that checks who asks',
    },
  ];
}

async function checkRequirements(context: CheckContext): Promise<readonly Finding[]> {
  const path = join(context.project.folder, REQUIREMENTS);
  const model = context.project.models.find(({ language }) => language === 'python');
  if (model === undefined || !existsSync(path)) return [];
  const installed = await readInstalled(context, model);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const finding = checkRequirement(text, installed);
      return finding === undefined ? [] : [{ ...finding, file: REQUIREMENTS, line: index + 1 }];
    });
}

/** Versions of what the model needs in the interpreter that runs it, by normal name; empty when it is not known. */
async function readInstalled(
  context: CheckContext,
  model: ModelSettings,
): Promise<ReadonlyMap<string, string>> {
  const report = await context.readModel(model).catch(() => undefined);
  const packages = Object.entries(report?.interpreter?.packages ?? {});
  return new Map(packages.map(([name, version]) => [toName(name), version]));
}

/** Names of distributions are the same with dashes, dots and underscores; scikit-learn is imported as sklearn. */
function toName(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  return plain === 'sklearn' ? 'scikit-learn' : plain;
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
  return {
    code: 'AO607',
    severity: 'warning',
    message: `${name} is ${pinned} in the lock file and ${here} in the interpreter that runs the model here.`,
    cause: 'An image gets the locked version and may predict differently from here.',
    fix: `install ${name}==${pinned} here, or write ${name}==${here} if the model was fitted with it`,
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

/** A rule about ranges without any range: AO606. */
async function checkRules(
  context: CheckContext,
  model: ModelSettings,
): Promise<readonly Finding[]> {
  if (model.rules.outOfRange !== 'reject') return [];
  const report = await context.readModel(model).catch(() => undefined);
  const numbers = report?.signature.inputs.filter(
    ({ type }) => type === 'number' || type === 'integer',
  );
  if (numbers === undefined || numbers.some(hasRange)) return [];
  return [
    {
      code: 'AO606',
      severity: 'warning',
      message: `out_of_range = "reject" refuses nothing: no range is known for ${numbers.length === 0 ? 'any input' : numbers.map(({ name }) => `\`${name}\``).join(', ')}.`,
      ...findOrigin(context, model, 'out_of_range'),
      cause:
        'Neither the fitted model nor the examples nor ao.toml say which values occurred in training.',
      fix: 'write min and max in [model.inputs.NAME] of ao.toml',
    },
  ];
}

function hasRange({ trained, min, max }: Field): boolean {
  return [trained, min, max].some((bound) => bound !== undefined);
}
