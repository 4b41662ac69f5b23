/** A run as JUnit XML, which build servers show: one test case for each step. */
import type { PipelineRunDetail, PipelineRunStep } from '@coaia/client';

/** The whole document. */
export function renderJunit({ pipeline, steps, startedAt, endedAt }: PipelineRunDetail): string {
  const failures = steps.filter(({ state }) => state === 'failed').length;
  const skipped = steps.filter(isSkipped).length;
  const name = toAttribute(`pipeline ${pipeline.name}`);
  const head = `name="${name}" tests="${steps.length}" failures="${failures}" skipped="${skipped}" time="${toSeconds(startedAt, endedAt)}"`;
  const cases = steps.map((step) => toCase(step, pipeline.name));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite ${head}>`,
    ...cases,
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function isSkipped({ state }: PipelineRunStep): boolean {
  return state === 'skipped' || state === 'pending' || state === 'cancelled';
}

function toCase(step: PipelineRunStep, pipeline: string): string {
  const { error, id, startedAt, endedAt, state } = step;
  const head = `<testcase classname="${toAttribute(pipeline)}" name="${toAttribute(id)}" time="${toSeconds(startedAt, endedAt)}"`;
  if (state === 'failed') {
    const type = toAttribute(error?.code ?? '');
    const message = toAttribute(error?.message ?? '');
    return `${head}><failure type="${type}" message="${message}"/></testcase>`;
  }
  return isSkipped(step) ? `${head}><skipped message="${state}"/></testcase>` : `${head}/>`;
}

function toSeconds(from: string | null, to: string | null): string {
  return from === null || to === null ? '0' : String((Date.parse(to) - Date.parse(from)) / 1000);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Text as it may stand in an attribute of XML. */
export function toAttribute(text: string): string {
  // oxlint-disable-next-line no-control-regex -- XML 1.0 has no place for most control characters
  const clean = text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '?');
  return clean.replaceAll(/[&<>"\n]/g, (letter) => ESCAPES[letter] ?? letter);
}
