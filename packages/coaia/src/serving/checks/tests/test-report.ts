/** What the tests of a project said, in whichever language they are. */

export interface TestFailure {
  readonly name: string;
  /** Relative to the project when it lies inside. */
  readonly file: string;
  readonly line?: number;
  /** The file of the test, where the failure lies in another one. */
  readonly testFile?: string;
  readonly message: string;
}

/** Lines of the model code; whole numbers, so that a threshold is compared exactly. */
export interface Coverage {
  readonly covered: number;
  readonly total: number;
  /** Lines that no test reaches, by file. */
  readonly missing: readonly { readonly file: string; readonly lines: readonly number[] }[];
}

/** A program that is not there. */
export interface MissingTool {
  readonly name: string;
  /** What is not checked without it. */
  readonly purpose: string;
  readonly fix: string;
}

export interface TestReport {
  /** `pytest 7.2.1`; undefined when it did not run. */
  readonly tool: string | undefined;
  readonly passed: number;
  readonly failures: readonly TestFailure[];
  /** Undefined when it was not measured. */
  readonly coverage: Coverage | undefined;
  readonly missingTools: readonly MissingTool[];
  /** Why nothing ran, when nothing is missing: `there is no folder model-service/tests`. */
  readonly reason?: string;
}

export const NO_TESTS: TestReport = {
  tool: undefined,
  passed: 0,
  failures: [],
  coverage: undefined,
  missingTools: [],
};

/** Files of `model-service/` that answer requests: no tests, nothing that only fits the model. */
export function isModelCode(file: string): boolean {
  return (
    file.startsWith('model-service/') &&
    /\.(?:py|R)$/i.test(file) &&
    !/(?:^|\/)(?:tests?\/|test_[^/]*$|conftest\.py$|setup\.py$|train[^/]*$)/i.test(file)
  );
}

/** True when at least `percent` of the lines were run; compared without rounding. */
export function isCovered({ covered, total }: Coverage, percent: number): boolean {
  // A millionth of a line absorbs what percentages such as 94.9 lose in binary.
  return covered * 100 + 1e-6 >= percent * total;
}

/** `94.9 %`, cut and not rounded: 94.99 is shown below 95. */
export function toPercent({ covered, total }: Coverage): string {
  const tenths = total === 0 ? 1000 : Math.floor((covered * 1000) / total + 1e-9);
  return `${tenths / 10} %`;
}

/** `3-5, 9`. */
export function toRanges(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(', ');
}
