import type {
  PipelineDetail,
  PipelineFormat,
  PipelineSummary,
  PipelineVariable,
} from '@coaia/client';

export type {
  PipelineDetail,
  PipelineFormat,
  PipelinePreview,
  PipelinePreviewStep as PreviewStep,
  PipelineProblem,
  PipelineRevision,
  PipelineSource,
} from '@coaia/client';
/** A line of the list of pipelines. */
export type PipelineLine = PipelineSummary;

/** What the form of a pipeline needs of a variable. */
export type FormVariable = Pick<PipelineVariable, 'name' | 'type' | 'required'> &
  Partial<PipelineVariable>;

/** The steps of a template with what it extends put in; none where it is broken. */
export function readSteps({
  template,
}: Pick<PipelineDetail, 'template'>): readonly Readonly<Record<string, unknown>>[] {
  const steps = template?.['steps'];
  return Array.isArray(steps) ? (steps as readonly Readonly<Record<string, unknown>>[]) : [];
}

/** A stored revision with its text. */
export interface RevisionText {
  readonly text: string;
  readonly format: PipelineFormat;
}
