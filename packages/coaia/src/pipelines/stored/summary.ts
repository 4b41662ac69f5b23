/** Templates as they cross the wire. */
import { toIso } from '#base';
import type { PipelineTemplateRow } from '#store';
import type {
  PipelinePreview,
  PipelineRevision,
  PipelineSummary,
  PipelineVariable,
} from '@coaia/client';
import type { ListedTemplate } from '../templates/list-templates.ts';
import { toDigest } from '../templates/places.ts';
import type { RenderedPipeline } from '../templates/rendered.ts';
import type { Template, TemplateVariable } from '../templates/template.ts';
import { mask } from '../templates/variables.ts';

/** @param savedAt Epoch milliseconds; null for what is not in the store. */
export function toSummary(
  { name, text, found, reason }: ListedTemplate,
  savedAt: number | null,
): PipelineSummary {
  return {
    name,
    ...(found === undefined ? NOTHING_KNOWN : toContent(found.template)),
    source: text.source,
    digest: toDigest(text.text),
    updatedAt: savedAt === null ? null : toIso(savedAt),
    problem: reason ?? null,
  };
}

const NOTHING_KNOWN = {
  version: '',
  description: null,
  author: null,
  variables: [],
  stepCount: 0,
  actions: [],
};

function toContent({ version, description, author, variables, steps }: Template) {
  return {
    version,
    description,
    author,
    variables: variables.map((variable) => toWireVariable(variable)),
    stepCount: steps.length,
    actions: [...new Set(steps.flatMap(({ action }) => action ?? []))],
  };
}

function toWireVariable(variable: TemplateVariable): PipelineVariable {
  const { name, type, required, default: value, secret = false } = variable;
  return {
    name,
    type,
    required,
    default: secret ? null : value,
    description: variable.description ?? null,
    choices: variable.choices ?? null,
    suggestions: variable.suggestions ?? null,
    secret,
  };
}

export function toRevision(row: PipelineTemplateRow): PipelineRevision {
  const { revision, version, digest, created_at: createdAt } = row;
  return { revision, version, digest, createdAt: toIso(createdAt) };
}

/** What a pipeline would record; steps that are left out stand at the end. */
export function toPreview({
  trace,
  steps,
  left,
  warnings,
  secrets,
}: RenderedPipeline): PipelinePreview {
  return {
    trace: {
      name: trace.name,
      userId: trace.userId ?? null,
      sessionId: trace.sessionId ?? null,
      metadata: trace.metadata,
    },
    steps: [
      ...steps.map((step) => ({
        id: step.id,
        name: step.name,
        type: step.type,
        parent: step.parent ?? null,
        kept: true,
        input: step.input ?? null,
        metadata: step.metadata,
        action: step.action ?? null,
        with: step.with === undefined ? null : mask(step.with, secrets),
      })),
      ...left.map(({ id, name }) => ({
        id,
        name,
        type: null,
        parent: null,
        kept: false,
        input: null,
        metadata: {},
        action: null,
        with: null,
      })),
    ],
    warnings,
  };
}
