/** One case of a template's tests: rendered with fixed ids and times, and compared. */
import { isCoaiaError, isObject } from '#base';
import { renderPipeline } from '../templates/render-pipeline.ts';
import type { RenderedPipeline, RenderedStep } from '../templates/rendered.ts';
import type { FoundTemplate } from '../templates/template.ts';
import type { ExpectedStep, TestCase } from './test-file.ts';

/** The moment of every test. */
const NOW = new Date('2026-01-01T00:00:00.000Z');

/** What a snapshot holds. */
export interface Snapshot {
  readonly count: number;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
}

export interface CaseResult {
  readonly name: string;
  /** What is wrong, one sentence each; none: it passes. */
  readonly failures: readonly string[];
  /** What was rendered; absent when rendering failed. */
  readonly snapshot?: Snapshot;
}

/** @param saved The snapshot of a case that expects nothing in words; undefined when there is none yet. */
export function runCase(
  found: FoundTemplate,
  test: TestCase,
  saved: Snapshot | undefined,
): CaseResult {
  const { name, vars, expect } = test;
  let pipeline: RenderedPipeline;
  try {
    pipeline = renderPipeline(found, vars, { now: NOW, functions: toFixed(), env: {} });
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const wanted = expect?.error;
    const isExpected =
      wanted !== undefined && (error.code === wanted || error.message.includes(wanted));
    return { name, failures: isExpected ? [] : [`it fails: ${error.message}`] };
  }
  const snapshot = toSnapshot(pipeline);
  const failures =
    expect === undefined ? compareSnapshot(saved, snapshot) : compareSteps(expect, pipeline);
  return { name, failures, snapshot };
}

function compareSteps(
  { error, count, steps: expected = [], absent = [] }: NonNullable<TestCase['expect']>,
  { steps }: RenderedPipeline,
): readonly string[] {
  return [
    ...(error === undefined ? [] : [`it was to fail with "${error}" and did not`]),
    ...(count === undefined || count === steps.length
      ? []
      : [`it makes ${steps.length} steps, not ${count}`]),
    ...expected.flatMap((step) => compareStep(step, steps)),
    ...absent
      .filter((text) => steps.some(({ id, name }) => name === text || id === text))
      .map((text) => `the step "${text}" was to be absent`),
  ];
}

/** The same in every run: ids count up, and nothing depends on the clock. */
function toFixed() {
  let count = 0;
  return {
    uuid4: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    mobile_id: () => 'mobile_00000000',
    touch_timestamp: () => '00:00:00',
  };
}

function toSnapshot({ steps }: RenderedPipeline): Snapshot {
  const names = new Map(steps.map(({ id, name }) => [id, name]));
  const shown = steps.map((step) => ({
    id: step.id,
    name: step.name,
    type: step.type,
    parent: step.parent === undefined ? null : (names.get(step.parent) ?? null),
    ...(step.input === undefined ? {} : { input: step.input }),
    ...(step.output === undefined ? {} : { output: step.output }),
    metadata: step.metadata,
    ...(step.action === undefined ? {} : { action: step.action, with: step.with }),
  }));
  // As it comes back from the file: without what is undefined.
  const text = JSON.stringify({ count: steps.length, steps: shown });
  return JSON.parse(text) as Snapshot;
}

function compareSnapshot(saved: Snapshot | undefined, snapshot: Snapshot): readonly string[] {
  if (saved === undefined) return ['it has no snapshot yet; --update writes it'];
  return findDifference(saved, snapshot, 'snapshot', true);
}

function compareStep(expected: ExpectedStep, steps: readonly RenderedStep[]): readonly string[] {
  const { name, id, parent, ...fields } = expected;
  const label = `the step "${name ?? id ?? ''}"`;
  const step = steps.find(
    (one) => (id === undefined || one.id === id) && (name === undefined || one.name === name),
  );
  if (step === undefined) return [`${label} is not there`];
  const real: Readonly<Record<string, unknown>> = { ...step };
  return [
    ...compareParent(
      label,
      parent,
      steps.find((one) => one.id === step.parent),
    ),
    ...Object.entries(fields).flatMap(([field, value]) =>
      findDifference(value, real[field], `${label}: ${field}`, false),
    ),
  ];
}

/** Undefined: any parent is right; null: none is. */
function compareParent(
  label: string,
  parent: string | null | undefined,
  above: RenderedStep | undefined,
): readonly string[] {
  if (parent === undefined || above?.id === parent || above?.name === parent) return [];
  if (parent === null && above === undefined) return [];
  return [`${label} lies below ${above?.name ?? 'nothing'}, not ${parent ?? 'nothing'}`];
}

/** The first differences; unless `isExact`, what is not expected may be there as well. */
function findDifference(
  expected: unknown,
  real: unknown,
  where: string,
  isExact: boolean,
): readonly string[] {
  if (isObject(expected) && isObject(real)) {
    const keys = new Set([...Object.keys(expected), ...(isExact ? Object.keys(real) : [])]);
    return [...keys].flatMap((key) =>
      findDifference(expected[key], real[key], `${where}.${key}`, isExact),
    );
  }
  if (Array.isArray(expected) && Array.isArray(real) && expected.length === real.length)
    return expected.flatMap((item, index) =>
      findDifference(item, real[index], `${where}.${index}`, isExact),
    );
  const [left, right] = [JSON.stringify(expected), JSON.stringify(real)];
  return left === right ? [] : [`${where} is ${right ?? 'absent'}, not ${left ?? 'absent'}`];
}
