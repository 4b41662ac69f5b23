/** What differs from the reference document on purpose; each line with its reason. */

/** Operations of the reference that are not here. */
export const LEFT_OUT: Readonly<Record<string, string>> = {};

/** Differences of every operation. */
export const EVERYWHERE: Readonly<Record<string, string>> = {
  'answer._deprecation: not here': 'nothing is going to be switched off here',
};

const STATUS = 'the server of Langfuse answers like this; the document says otherwise';

/** Differences of one operation, by operation id and line. */
export const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  legacy_observationsV1_get: {
    'answer.usage.inputCost: not here': 'calculatedInputCost says it',
    'answer.usage.outputCost: not here': 'calculatedOutputCost says it',
    'answer.usage.totalCost: not here': 'calculatedTotalCost says it',
  },
  legacy_scoreV1_delete: { 'status 204: 202 here': STATUS },
  media_getUploadUrl: { 'status 200: 201 here': STATUS },
  media_patch: { 'status 204: 200 here': STATUS },
  models_delete: { 'status 204: 200 here': STATUS },
  opentelemetry_exportTraces: {
    'body: no schema here': 'JSON and protobuf are read by the same reader from bytes',
  },
  projects_create: { 'status 200: 201 here': STATUS },
  projects_createApiKey: { 'status 200: 201 here': STATUS },
  prompts_create: { 'status 200: 201 here': STATUS },
  scim_createUser: { 'status 200: 201 here': STATUS },
  scim_deleteUser: { 'status 200: 204 here': STATUS },
};
