/** What crosses the wire of the old write endpoints. Bodies are those of ingestion events and checked there. */
import { z } from 'zod';

const fields = z.record(z.string(), z.unknown());

/** Body of a new object; without an id it gets one. */
export const createBody = fields;

/** Body of a change: the id has the name of the kind, as these endpoints had it, or is `id`. */
export function toUpdateBody(name: 'spanId' | 'generationId') {
  return fields.transform((body, context) => {
    const { [name]: named, ...rest } = body;
    const id = named ?? rest['id'];
    if (typeof id === 'string' && id !== '') return { ...rest, id };
    context.addIssue({ code: 'custom', path: [name], message: 'Expected the id of the object' });
    return z.NEVER;
  });
}
