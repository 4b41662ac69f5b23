/** What matters when the service leaves this machine. Nothing here is needed to run it here. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isLoopback } from '#egress';
import type { Finding } from '../../signatures/finding.ts';
import type { Field } from '../../signatures/signature.ts';
import type { ModelSettings } from '../../projects/project.ts';
import type { CheckContext } from '../context.ts';
import { none, ok } from '../report.ts';
import type { Note, StageResult } from '../report.ts';
import { checkLocks } from './lock-files.ts';
import { findOrigin } from './structure.ts';

const ENGINES = ['docker', 'podman', 'buildah'];

/** AO501 as information, AO603, AO604, AO606, AO607. */
export async function checkDeploy(context: CheckContext): Promise<StageResult> {
  const ranges = await Promise.all(
    context.project.models.map((model) => checkRules(context, model)),
  );
  const findings = [...checkHost(context), ...(await checkLocks(context)), ...ranges.flat()];
  return { notes: [...describeHost(context), findEngine(context)], findings };
}

function findEngine({ project, env }: CheckContext): Note {
  const wanted = project.build.engine;
  if (wanted === 'none') return ok('images are written by ao itself');
  const places = (env.PATH ?? '').split(delimiter).filter((place) => place !== '');
  const isThere = (name: string) => places.some((place) => existsSync(join(place, name)));
  const found = (wanted === 'auto' ? ENGINES : [wanted]).find(isThere);
  if (found !== undefined) return ok('images can be built');
  const name = wanted === 'auto' ? 'program for images' : wanted;
  return none(
    `no ${name} here: not needed to run; \`ao build --engine none\` writes an image file`,
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
