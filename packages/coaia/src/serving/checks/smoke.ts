/** Smoke test of a loaded model: examples, one row, many rows, and requests that are wrong on purpose. */
import type { Finding } from '../signatures/finding.ts';
import type { Row } from '../signatures/signature.ts';
import { listProbes } from './bad-rows.ts';
import type { Probe } from './bad-rows.ts';
import { takesMissing } from './examples.ts';
import type { Example, Examples } from './examples.ts';
import { compareExpected } from './expected.ts';
import type { Answer, Service } from './ask-model.ts';

/** Rows of the one large request. */
const MANY = 1000;

/** Milliseconds after which a slow model is not asked for further examples. */
const LONGEST = 15_000;

export interface SmokeResult {
  readonly findings: readonly Finding[];
  /** Requests that were sent. */
  readonly requests: number;
  /** Rows of the examples that were predicted, as JSON. */
  readonly sound: readonly Row[];
}

/** AO401, AO403, AO490, AO491, AO494, AO495. */
export async function runSmoke(service: Service, examples: Examples): Promise<SmokeResult> {
  let requests = 0;
  const counted: Service = {
    ...service,
    ask: (rows, from) => {
      requests++;
      return service.ask(rows, from);
    },
  };
  const { findings, sound } = await askExamples(counted, examples);
  const more = [
    ...(findings.some(({ code }) => code === 'AO401') ? [] : await askSizes(counted, sound)),
    ...(await askProbes(counted)),
  ];
  return { findings: [...findings, ...more], requests, sound };
}

async function askExamples(service: Service, { rows, from, file = 'ao.toml' }: Examples) {
  const findings: Finding[] = [];
  const sound: Row[] = [];
  const end = performance.now() + LONGEST;
  for (const example of rows) {
    if (performance.now() > end && sound.length > 1) break;
    const isTaken = takesMissing(example.missing, service.signature, service.rules, from);
    const answer = await service.ask([example.row], from);
    const place = { file, ...(example.line === undefined ? {} : { line: example.line }) };
    if (answer.rows !== undefined) {
      sound.push(from === 'text' ? service.toJson(example.row) : example.row);
      findings.push(...checkAnswer(answer.rows, example, place));
    } else if (answer.status !== 422) findings.push({ ...toFailure(example, answer), ...place });
    else if (isTaken) findings.push({ ...toRefused(example, answer), ...place });
  }
  return { findings: limit(findings), sound };
}

/** The same mistake in a thousand rows is told three times. */
function limit(findings: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= 3;
  });
}

type Place = Pick<Finding, 'file' | 'line'>;
type Failure = Extract<Answer, { readonly rows?: undefined }>;

/** AO403 where a missing value is at fault, otherwise AO401. */
function toFailure({ number, missing }: Example, { message, status, where }: Failure): Finding {
  const row = `Row ${number} of the examples`;
  if (missing.length > 0)
    return {
      code: 'AO403',
      severity: 'error',
      message: `${row} (${toNames(missing)} missing) made the model fail: ${quote(message)}`,
      cause: `${toPlaceText(where)}Missing values are allowed to reach the model, and callers would get status ${status}.`,
      fix: 'declare on_na = "reject" (and nullable = false for the input) in ao.toml, or handle missing values in the model',
    };
  return {
    code: 'AO401',
    severity: 'error',
    message: `${row} made the model fail: ${quote(message)}`,
    cause: `${toPlaceText(where)}Callers who send such a row would get status ${status}.`,
    fix: 'correct the model, or the row if no caller would send it',
  };
}

function toRefused({ number }: Example, { message }: Failure): Finding {
  return {
    code: 'AO495',
    severity: 'error',
    message: `Row ${number} of the examples would be refused: ${message}`,
    cause: 'The signature and the examples contradict each other.',
    fix: 'correct the row, or the input in [model.inputs.NAME] of ao.toml',
  };
}

function toNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function toPlaceText(where: string | undefined): string {
  return where === undefined ? '' : `It failed in ${where}. `;
}

function quote(message: string): string {
  return `"${message}"`;
}

function checkAnswer(rows: readonly Row[], example: Example, place: Place): readonly Finding[] {
  const [answer] = rows;
  const findings: Finding[] = [];
  const hollow = answer === undefined ? undefined : findHollow(answer);
  if (answer === undefined || hollow !== undefined)
    findings.push({
      code: 'AO494',
      severity: 'warning',
      message:
        answer === undefined
          ? `Row ${example.number} of the examples got no prediction.`
          : `Row ${example.number} of the examples got no number for \`${hollow ?? ''}\` (missing or infinite).`,
      ...place,
      cause: 'Callers get null in its place.',
      fix: 'look at this row in the model: often a logarithm, a division or a level that was not fitted',
    });
  else if (example.expected !== undefined) {
    const difference = compareExpected(answer, example.expected);
    if (difference !== undefined)
      findings.push({
        code: 'AO491',
        severity: 'error',
        message: `Row ${example.number} of the examples: ${difference}.`,
        ...place,
        cause: 'The column `expected` says what the model should answer.',
        fix: 'correct the model, or write the new answer into the column',
      });
  }
  return findings;
}

/** The first output without a value. */
function findHollow(answer: Row): string | undefined {
  return Object.entries(answer).find(([, value]) => value === null)?.[0];
}

/** One row, many rows, no row. */
async function askSizes(service: Service, sound: readonly Row[]): Promise<readonly Finding[]> {
  const { example } = service.signature;
  const many = Array.from({ length: MANY }, (_, at) => sound[at % sound.length] ?? example);
  const sizes = [
    { what: 'One row alone', rows: [example] },
    { what: 'A list without rows', rows: [] },
    { what: `A request of ${MANY} rows`, rows: many },
  ];
  const findings: Finding[] = [];
  for (const { what, rows } of sizes) {
    const answer = await service.ask(rows);
    if (answer.rows?.length === rows.length) continue;
    const said =
      answer.rows === undefined
        ? `made the model fail: ${quote(answer.message)}`
        : `got ${answer.rows.length} predictions`;
    findings.push({
      code: 'AO401',
      severity: 'error',
      message: `${what} ${said}`,
      file: 'ao.toml',
      cause: 'The model must answer each row with one prediction, however many are sent.',
      fix: 'let the function work for a table of any length, and return one answer for each row',
    });
  }
  return findings;
}

async function askProbes(service: Service): Promise<readonly Finding[]> {
  const failed: { probe: Probe; answer: Failure }[] = [];
  const findings: Finding[] = [];
  for (const probe of listProbes(service.signature, service.rules)) {
    const answer = await service.ask([probe.row]);
    if (answer.status === probe.status) continue;
    if (answer.rows === undefined && answer.status !== 422) failed.push({ probe, answer });
    else findings.push(toWrongStatus(probe, answer));
  }
  return [...findings, ...toProbeFailures(failed)];
}

function toWrongStatus({ title, row, status }: Probe, answer: Answer): Finding {
  return {
    code: 'AO490',
    severity: 'error',
    message: `A row ${title} is answered with status ${answer.status} instead of ${status}.`,
    file: 'ao.toml',
    cause: `The row was ${JSON.stringify(row)}.${answer.rows === undefined ? ` ${answer.message}` : ''}`,
    fix: 'correct `nullable`, `default` or `levels` of the input in [model.inputs.NAME] of ao.toml',
  };
}

/** One finding for all inputs that fail in the same way. */
function toProbeFailures(
  failed: readonly { readonly probe: Probe; readonly answer: Failure }[],
): readonly Finding[] {
  const [first] = failed;
  if (first === undefined) return [];
  const { probe, answer } = first;
  const others = [...new Set(failed.slice(1).map(({ probe: { field } }) => field))].filter(
    (field) => field !== probe.field,
  );
  const same = others.length === 0 ? '' : ` The same for ${toNames(others)}.`;
  return [
    {
      code: 'AO403',
      severity: 'error',
      message: `A row ${probe.title} made the model fail: ${quote(answer.message)}.${same}`,
      file: 'ao.toml',
      cause: `${toPlaceText(answer.where)}The settings let such rows reach the model; callers would get status ${answer.status}. The row was ${JSON.stringify(probe.row)}.`,
      fix: 'set on_na = "reject" in ao.toml, or handle missing values in the model',
    },
  ];
}
