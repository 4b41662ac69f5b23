/** `ao deploy`: who gets which version from now on. */
import { isDeepStrictEqual } from 'node:util';
import { findHome } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext, Output } from '#surface';
import type { DeploymentsApi, DeploymentTraffic, DeploymentTrafficChange } from '@coaia/client';
import type { ModelSettings, Project } from '../../projects/project.ts';
import { readProject } from '../../projects/read-project.ts';
import { isTrusted } from '../../projects/trust.ts';
import { versionFailures } from '../errors.ts';
import { findModel } from '../find-model.ts';
import { findGated, isOverridden } from '../gate.ts';
import { freezeVersion } from '../freeze.ts';
import { listKnownVersions } from '../known-versions.ts';
import { deploymentsApi } from '../ports.ts';
import { requireShare, resolveAlias } from '../traffic.ts';

export const command = defineCommand({
  words: 'ops deploy',
  summary: 'Put a version of the model in front of callers, wholly, in part or only to compare',
  description:
    'Without --to the project as it stands is frozen as a new version first. A running gateway loads the version before the first caller gets it, and lets the one before finish what it has begun. A version whose newest evaluation (`ao eval`) does not show that it is no worse than the champion, overall and in every declared group, is refused unless --force and --reason say why. What `[model.gate]` of ao.toml asks for is put in force first, on the server too.',
  needs: deploymentsApi,
  positionals: [],
  options: {
    to: {
      type: 'string',
      placeholder: 'VERSION',
      summary: 'A number, `latest` or `challenger`; the project as it stands otherwise',
    },
    canary: {
      type: 'number',
      placeholder: 'PERCENT',
      summary: 'Only for this share of the requests; 0 ends the canary',
    },
    shadow: {
      type: 'string',
      placeholder: 'VERSION',
      summary: 'Let this version answer beside the champion, unseen by callers; `none` ends it',
    },
    challenger: {
      type: 'string',
      placeholder: 'VERSION',
      summary: 'Name the version that evaluations compare with the champion; `none` forgets it',
    },
    sticky: {
      type: 'string',
      placeholder: 'HEADER',
      summary: 'Header by which a caller keeps its version; `none` forgets it',
    },
    model: { type: 'string', placeholder: 'NAME', summary: 'Which model; the only one otherwise' },
    gate: { type: 'boolean', summary: 'Refuse a version that was never evaluated' },
    force: { type: 'boolean', summary: 'Deploy although the evaluation is against it; say why' },
    reason: { type: 'string', placeholder: 'TEXT', summary: 'Why; kept with the change' },
  },
  examples: [
    'ao deploy',
    'ao deploy --to 4 --canary 10',
    'ao deploy --shadow 4',
    'ao deploy --to 4 --reason "better on new customers"',
  ],
  async run(context, { options }) {
    const { open, out, flags, env, cwd } = context;
    const project = await readProject(cwd, { env });
    const model = findModel(project, options.model);
    const api = await open();
    const change = await toChange(api, { project, model, options, context });
    await putRule(api, model, out);
    const { reason, gate, force } = options;
    const asked = await askGate(api, model.name, change);
    // The store asks again; here the refusal has its own code and exit also where it comes from a server.
    if (asked !== undefined) isOverridden(asked, options);
    const traffic = await api.changeTraffic(model.name, {
      change,
      action: toAction(change),
      ...(reason === undefined ? {} : { reason }),
      ...(gate === undefined ? {} : { gate }),
      ...(force === undefined ? {} : { force }),
    });
    if (asked !== undefined && asked.verdict !== 'unknown')
      for (const line of asked.reasons) out.notice(line);
    if (flags.json) out.json({ model: model.name, traffic });
    else out.line(`${model.name}: ${describeTraffic(traffic)}`);
    await tellFollowers(out, api, model.name);
  },
});

/** The rule of the file counts from now on, for the page and for others, too; the history keeps who changed it. */
async function putRule(
  api: DeploymentsApi,
  { name, gate }: ModelSettings,
  out: Output,
): Promise<void> {
  const { traffic } = await api.getDeployment(name);
  if (traffic === null || isDeepStrictEqual(traffic.gate, gate)) return;
  await api.changeTraffic(name, {
    change: { gate: gate ?? null },
    action: 'gate',
    ifRevision: traffic.revision,
  });
  out.notice(
    gate === undefined
      ? `ao.toml has no [model.gate]: each evaluation of ${name} counts by its own margin.`
      : `The gate of ${name} goes by [model.gate] of ao.toml from now on.`,
  );
}

/** Undefined where callers get nothing new. */
async function askGate(api: DeploymentsApi, model: string, change: DeploymentTrafficChange) {
  const { traffic } = await api.getDeployment(model);
  const version = traffic === null ? undefined : findGated(traffic, change);
  return version === undefined ? undefined : api.getGate(model, version);
}

/** The rules are changed at once; who answers changes when the version is loaded. */
export async function tellFollowers(
  out: Output,
  api: Pick<DeploymentsApi, 'getDeployment'>,
  model: string,
): Promise<void> {
  const { gateways } = await api.getDeployment(model);
  if (gateways.some(({ state }) => state === 'ready'))
    out.notice('The running service follows once it has loaded the version, within seconds.');
}

interface Wish {
  readonly to?: string | undefined;
  readonly canary?: number | undefined;
  readonly shadow?: string | undefined;
  readonly challenger?: string | undefined;
  readonly sticky?: string | undefined;
}

interface Asked {
  readonly project: Project;
  readonly model: ModelSettings;
  readonly options: Wish;
  readonly context: Pick<CommandContext<DeploymentsApi>, 'out' | 'env' | 'cwd'>;
}

async function toChange(api: DeploymentsApi, asked: Asked): Promise<DeploymentTrafficChange> {
  const { options, model } = asked;
  const { canary, shadow, challenger, sticky, to } = options;
  // Before the project is frozen for it.
  if (canary !== undefined) requireShare(canary);
  const others = {
    ...(shadow === undefined ? {} : { shadow: await findVersion(api, model.name, shadow) }),
    ...(challenger === undefined
      ? {}
      : { challenger: await findVersion(api, model.name, challenger) }),
    ...(sticky === undefined ? {} : { sticky: sticky === 'none' ? null : sticky }),
  };
  if (canary === 0) return { ...others, canary: null };
  if (to === undefined && canary === undefined && Object.keys(others).length > 0) return others;
  const version = to === undefined ? await freeze(api, asked) : await need(api, model.name, to);
  return canary === undefined
    ? { ...others, champion: version }
    : { ...others, canary: { version, percent: canary } };
}

async function freeze(api: DeploymentsApi, { project, model, context }: Asked): Promise<number> {
  const { cwd, env } = context;
  const known = await listKnownVersions(api, model.name);
  const { manifest, folder, isNew } = await freezeVersion(project, model, {
    known,
    isTrusted: (sha256) => isTrusted(findHome({ cwd, env }), sha256),
  });
  await api.registerVersion({
    manifest: manifest as unknown as Readonly<Record<string, unknown>>,
    folder,
    ...(model.gate === undefined ? {} : { gate: model.gate }),
  });
  const what = isNew ? 'Froze the project as' : 'Nothing changed since';
  context.out.notice(`${what} version ${manifest.version} of ${model.name}.`);
  return manifest.version;
}

async function findVersion(
  api: DeploymentsApi,
  model: string,
  name: string,
): Promise<number | null> {
  return name === 'none' ? null : need(api, model, name);
}

async function need(api: DeploymentsApi, model: string, name: string): Promise<number> {
  const { traffic, latest } = await api.getDeployment(model);
  const found = resolveAlias(traffic ?? { champion: latest, revision: 0 }, name, latest);
  if (found !== undefined) return found;
  throw versionFailures.create('AO660', `${model} has no version ${name}.`, {
    hint: 'ao versions',
  });
}

function toAction(change: DeploymentTrafficChange): string {
  if (change.champion !== undefined) return 'deploy';
  if (change.canary !== undefined) return 'canary';
  if (change.shadow !== undefined) return 'shadow';
  return change.challenger === undefined ? 'sticky' : 'challenger';
}

/** One sentence. */
export function describeTraffic({
  champion,
  canary,
  shadow,
  challenger,
}: DeploymentTraffic): string {
  const rest =
    canary === undefined
      ? `version ${champion} answers everybody`
      : `version ${canary.version} answers ${canary.percent} %, version ${champion} the rest`;
  const watched = shadow === undefined ? '' : `; version ${shadow} answers beside, unseen`;
  return `${rest}${watched}${challenger === undefined ? '' : `; challenger is version ${challenger}`}.`;
}
