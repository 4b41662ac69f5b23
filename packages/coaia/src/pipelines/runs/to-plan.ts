/** From a template and values to what a run is to do. */
import type { Scope } from '#base';
import type { SecretBox } from '#models';
import type { ActionEntry } from '#surface';
import { renderPipeline } from '../templates/render-pipeline.ts';
import type { FoundTemplate, Values } from '../templates/template.ts';
import { mask } from '../templates/variables.ts';
import { toGraph } from './graph.ts';
import { toSecretContext } from './plan.ts';
import type { RunPlan } from './plan.ts';
import { requireAction } from './require-action.ts';

export interface PlanPorts {
  readonly secrets: SecretBox;
  readonly findAction: (name: string) => ActionEntry | undefined;
}

export interface PlanInput {
  readonly found: FoundTemplate;
  readonly variables: Values;
  readonly traceId: string;
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder: string | null;
  readonly concurrency: number;
  readonly depth?: number;
  readonly isStrict?: boolean;
  /** More values to keep secret. */
  readonly secrets?: readonly string[];
}

export interface Planned {
  readonly plan: RunPlan;
  readonly warnings: readonly string[];
}

/** Settles a run. Fails with COAIA-5003, 5005 (values, expressions), 5100 (actions) and 5110 (order); starts nothing. */
export function toPlan(ports: PlanPorts, scope: Scope, input: PlanInput): Planned {
  const { found, variables: given, userId, sessionId, env, isStrict = false } = input;
  const { template, source, digest } = found;
  const rendered = renderPipeline(found, given, {
    isStrict,
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(env === undefined ? {} : { env }),
  });
  toGraph(rendered.steps);
  for (const step of rendered.steps) if (step.action !== undefined) requireAction(ports, step);
  const hidden = [...rendered.secrets, ...(input.secrets ?? [])];
  const variables = mask(rendered.variables, hidden);
  const secret = Object.entries(rendered.variables).filter(([name, value]) => {
    const isMarked = template.variables.some((one) => one.name === name && one.secret === true);
    return isMarked || JSON.stringify(value) !== JSON.stringify(variables[name]);
  });
  const context = toSecretContext(scope.projectId, input.traceId);
  const plan: RunPlan = {
    template: { name: template.name, version: template.version, digest, source },
    trace: mask(rendered.trace, hidden),
    steps: mask(rendered.steps, input.secrets ?? []),
    left: rendered.left,
    variables: { ...variables, ...Object.fromEntries(secret.map(([name]) => [name, '***'])) },
    sealed:
      secret.length === 0
        ? null
        : ports.secrets.seal(JSON.stringify(Object.fromEntries(secret)), context),
    folder: input.folder,
    concurrency: input.concurrency,
    depth: input.depth ?? 0,
    isStrict,
  };
  return { plan, warnings: rendered.warnings };
}
