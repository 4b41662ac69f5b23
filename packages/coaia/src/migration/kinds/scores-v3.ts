/** The v3 form of a score, whose value has a type and whose subject is one object, in the form of v2. */
import { readText, toWire } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';

/** The same score as v2 answers it. */
export function toScoreForm(item: Wire): Wire {
  const { subject: _subject, value, ...rest } = item;
  return { ...rest, ...toSubject(toWire(item['subject'])), ...toValue(item['dataType'], value) };
}

function toSubject(subject: Wire): Wire {
  const id = readText(subject, 'id');
  switch (subject['kind']) {
    case 'observation':
      return { observationId: id, traceId: subject['traceId'] ?? null };
    case 'session':
      return { sessionId: id };
    case 'experiment':
      return { datasetRunId: id };
    default:
      return { traceId: id };
  }
}

function toValue(dataType: unknown, value: unknown): Wire {
  if (typeof value === 'number') return { value };
  if (typeof value === 'boolean')
    return { value: value ? 1 : 0, stringValue: value ? 'True' : 'False' };
  return { value: dataType === 'CATEGORICAL' ? 0 : null, stringValue: value };
}
