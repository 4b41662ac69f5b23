/** Times as CoAiAPy writes them in ids: yyMMddHHmmss or yyMMddHHmm, UTC. */
import { ClientError } from './client-error.ts';

/** ISO 8601 of a TLID. Throws ClientError of kind `rejected` for anything else, also for impossible dates. */
export function parseTlidToIso(tlid: string): string {
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(tlid) ?? [];
  const text = `20${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const time = Date.parse(text);
  const isSame = !Number.isNaN(time) && new Date(time).toISOString() === text.replace('Z', '.000Z');
  if (isSame) return text;
  throw new ClientError(`${JSON.stringify(tlid)} is no time of the form yyMMddHHmmss.`, {
    kind: 'rejected',
  });
}
