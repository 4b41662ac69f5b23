/** Codes of datasets, items, runs and experiments: COAIA-2100 to 2199. */
import { defineErrors, EXIT } from '#base';

export const datasetFailures = defineErrors({
  'COAIA-2100': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'An item does not satisfy the JSON Schema of its dataset, so nothing was stored. The sentence names the first place that is wrong; details list all. Change the item, or the schema with `coaia fuse datasets create NAME --input-schema`.',
  },
  'COAIA-2101': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The new JSON Schema does not fit items that are in the dataset, so it was not set. Details list items and places. Mend or delete those items first.',
  },
  'COAIA-2102': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The JSON Schema is malformed or uses words that cannot be enforced here: if/then/else, not, dependentSchemas, dependentRequired, unevaluatedItems, unevaluatedProperties, references to other documents, constraints such as `required` or `minLength` without a `type` beside them. A schema that is stored is always enforced, so this one was refused.',
  },
  'COAIA-2103': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'An item with this id is in another dataset. Ids of items are unique in a project; use another id, or delete the other item first.',
  },
  'COAIA-2104': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain: 'The cursor was not made by this list. Start again without a cursor.',
  },
  'COAIA-2110': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'No item could be exported: the dataset is empty, or every item lacks an input or an expected output. The counts on stderr say which.',
  },
  'COAIA-2111': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file to import could not be read as JSON lines or CSV, so nothing was sent. The sentence names the line.',
  },
  'COAIA-2112': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain: 'Options of the command contradict each other or miss a part, so nothing was done.',
  },
});
