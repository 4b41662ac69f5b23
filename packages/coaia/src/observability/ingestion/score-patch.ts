/** What a `score-create` event says about a score. */
import type { SqlValue } from '#store';
import { checkScore } from '../score-configs/check-score.ts';
import type { ConfigRules, ConfigsById } from '../score-configs/check-score.ts';
import { BodyReader, toEnvironment, toPlain } from './body-reader.ts';
import type { FieldIssue } from './body-reader.ts';
import type { MergeRules, Patch } from './merge.ts';
import { toMetadata } from './metadata.ts';

export const SCORE_DATA_TYPES = [
  'NUMERIC',
  'BOOLEAN',
  'CATEGORICAL',
  'TEXT',
  'CORRECTION',
] as const;

type ScoreDataType = (typeof SCORE_DATA_TYPES)[number];

export const SCORE_RULES: MergeRules = [
  ['timestamp', 'first'],
  ['environment', 'first'],
  ['trace_id', 'first'],
  ['observation_id', 'last'],
  ['session_id', 'last'],
  ['dataset_run_id', 'last'],
  ['name', 'last'],
  ['value', 'last'],
  ['string_value', 'last'],
  ['data_type', 'last'],
  ['source', 'last'],
  ['comment', 'last'],
  ['config_id', 'last'],
  ['queue_id', 'last'],
  ['metadata', 'metadata'],
];

/** Longest text of a TEXT score, in characters. */
const MAX_TEXT = 500;

/** Why a score is refused because of its config: 404 for none with that id, 400 for one it does not keep to. */
export interface ConfigRefusal {
  readonly status: 400 | 404;
  readonly message: string;
}

/** The patch of one event, or what is wrong with its body. `configs` has those that the batch names. */
export function toScorePatch(
  body: Readonly<Record<string, unknown>>,
  key: string,
  time: number,
  configs: ConfigsById,
): Patch | readonly FieldIssue[] | ConfigRefusal {
  const reader = new BodyReader(body);
  const subject = readSubject(reader);
  const configId = reader.id('configId');
  const config = configId === undefined ? undefined : configs.get(configId);
  const dataType =
    reader.word('dataType', SCORE_DATA_TYPES) ?? config?.dataType ?? toDataType(body.value);
  const kind = { configId, config, dataType };
  const name = readName(reader, kind);
  const value = readChecked(reader, kind);
  if (isRefusal(value)) return reader.issues.length > 0 ? reader.issues : value;
  const columns = {
    timestamp: reader.time('timestamp') ?? undefined,
    environment: toEnvironment(reader.text('environment')),
    ...subject,
    name,
    data_type: dataType,
    ...value,
    source: reader.word('source', ['API', 'ANNOTATION', 'EVAL'] as const) ?? 'API',
    comment: reader.text('comment'),
    config_id: configId,
    queue_id: reader.text('queueId'),
  };
  const metadata = toMetadata(reader.raw('metadata'));
  if (reader.issues.length > 0) return reader.issues;
  return { key, time, columns, ...(metadata === undefined ? {} : { metadata }) };
}

/** Exactly one of a trace (perhaps with an observation in it), a session, a dataset run. */
function readSubject(reader: BodyReader) {
  const subject = {
    trace_id: reader.id('traceId'),
    observation_id: reader.id('observationId'),
    session_id: reader.id('sessionId'),
    dataset_run_id: reader.id('datasetRunId'),
  };
  const given = [subject.trace_id, subject.session_id, subject.dataset_run_id].filter(
    (id) => id !== undefined,
  );
  if (given.length !== 1) {
    reader.reject('traceId', 'Give exactly one of traceId, sessionId, datasetRunId');
  }
  if (subject.observation_id !== undefined && subject.trace_id === undefined) {
    reader.reject('observationId', 'An observation is scored together with its traceId');
  }
  return subject;
}

/** Corrections are always called output, scores with a config as their config. */
function readName(
  reader: BodyReader,
  { configId, config, dataType }: ScoreKind,
): string | null | undefined {
  const name = dataType === 'CORRECTION' ? 'output' : (config?.name ?? reader.text('name'));
  const isMissing = typeof name !== 'string' || name === '';
  // A config that does not exist is the better reason.
  if (isMissing && configId === undefined) reader.reject('name', 'A score needs a name');
  return name;
}

interface ScoreKind {
  readonly configId: string | undefined;
  readonly config: ConfigRules | undefined;
  readonly dataType: ScoreDataType;
}

type Values = Readonly<Record<string, SqlValue>>;

/** The value by its config, or by its data type where there is none. */
function readChecked(
  reader: BodyReader,
  { configId, config, dataType }: ScoreKind,
): Values | ConfigRefusal | undefined {
  if (configId === undefined) return readValue(reader, dataType);
  if (config === undefined) {
    return { status: 404, message: `Score config ${configId} not found within authorized project` };
  }
  const checked = checkScore(config, { value: reader.raw('value'), dataType });
  return typeof checked === 'string' ? { status: 400, message: checked } : { ...checked };
}

function isRefusal(value: Values | ConfigRefusal | undefined): value is ConfigRefusal {
  return value !== undefined && 'status' in value;
}

function toDataType(value: unknown): ScoreDataType {
  return typeof value === 'string' ? 'CATEGORICAL' : 'NUMERIC';
}

function readValue(
  reader: BodyReader,
  dataType: ScoreDataType,
): Record<string, SqlValue> | undefined {
  return dataType === 'NUMERIC' || dataType === 'BOOLEAN'
    ? readNumber(reader, dataType)
    : readString(reader, dataType);
}

function readNumber(reader: BodyReader, dataType: 'NUMERIC' | 'BOOLEAN') {
  const value = reader.raw('value');
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    reader.reject('value', `A ${dataType} score needs a number`);
    return undefined;
  }
  if (dataType === 'NUMERIC') return { value, string_value: null };
  if (value === 0 || value === 1) return { value, string_value: value === 1 ? 'True' : 'False' };
  reader.reject('value', 'A BOOLEAN score is 0 or 1');
  return undefined;
}

function readString(reader: BodyReader, dataType: 'CATEGORICAL' | 'TEXT' | 'CORRECTION') {
  const value = reader.raw('value');
  if (typeof value !== 'string') {
    reader.reject('value', `A ${dataType} score needs a string`);
    return undefined;
  }
  if (dataType === 'CATEGORICAL') return { value: 0, string_value: toPlain(value) };
  if (dataType === 'TEXT' && (value.length === 0 || value.length > MAX_TEXT)) {
    reader.reject('value', `A TEXT score has 1 to ${MAX_TEXT} characters`);
    return undefined;
  }
  return { value: null, string_value: toPlain(value) };
}
