/** What `validate` finds, in the forms that people and other programs read. */
import { version } from '#base';
import { toPlainLine } from './plain-lines.ts';
import { toSentence } from '../templates/problem.ts';
import type { Problem } from '../templates/problem.ts';

export const PROBLEM_FORMATS = ['text', 'json', 'junit', 'sarif'] as const;
export type ProblemFormat = (typeof PROBLEM_FORMATS)[number];

export interface CheckedTemplate {
  readonly name: string;
  /** File, or the name with the place in front of it. */
  readonly place: string;
  readonly problems: readonly Problem[];
  /** No errors, and under --strict no warnings either. */
  readonly isValid: boolean;
}

/** The whole answer as text. */
export function renderProblems(format: ProblemFormat, checked: readonly CheckedTemplate[]): string {
  return RENDER[format](checked);
}

const RENDER: Readonly<Record<ProblemFormat, (checked: readonly CheckedTemplate[]) => string>> = {
  text: toText,
  json: (checked) => JSON.stringify(checked.map(toJson), undefined, 2),
  junit: toJunit,
  sarif: (checked) => JSON.stringify(toSarif(checked), undefined, 2),
};

function toText(checked: readonly CheckedTemplate[]): string {
  const lines = checked.flatMap(({ name, place, problems, isValid }) => [
    `${isValid ? 'ok  ' : 'FAIL'}  ${name}  ${place}`,
    ...problems.map((problem) =>
      toPlainLine(`      ${problem.severity} [${problem.code}] ${toSentence(problem)}`),
    ),
  ]);
  const failed = checked.filter(({ isValid }) => !isValid).length;
  return [...lines, `${checked.length - failed} of ${checked.length} valid`].join('\n');
}

function toJson({ name, place, problems, isValid }: CheckedTemplate) {
  return { name, place, valid: isValid, problems };
}

function toJunit(checked: readonly CheckedTemplate[]): string {
  const failed = checked.filter(({ isValid }) => !isValid).length;
  const cases = checked.map(({ name, place, problems, isValid }) => {
    const head = `    <testcase name="${escape(name)}" classname="${escape(place)}"`;
    if (isValid) return `${head}/>`;
    const text = problems.map((problem) => `${problem.severity}: ${toSentence(problem)}`);
    return `${head}>\n      <failure message="${escape(text[0] ?? '')}">${escape(text.join('\n'))}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="coaia pipeline validate" tests="${checked.length}" failures="${failed}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** XML 1.0 knows no control characters but tab and line breaks, not even escaped. */
export function escape(text: string): string {
  return (
    text
      // oxlint-disable-next-line eslint/no-control-regex -- these are the characters that XML forbids
      .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '?')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

/** SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function toSarif(checked: readonly CheckedTemplate[]) {
  const all = checked.flatMap(({ place, problems }) =>
    problems.map((problem) => ({ place, problem })),
  );
  const rules = [...new Set(all.map(({ problem }) => problem.code))].toSorted();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'coaia', version, rules: rules.map((id) => ({ id })) } },
        results: all.map(({ place, problem }) => ({
          ruleId: problem.code,
          level: problem.severity,
          message: { text: toSentence(problem) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: place },
                region: { startLine: problem.line ?? 1 },
              },
            },
          ],
        })),
      },
    ],
  };
}
