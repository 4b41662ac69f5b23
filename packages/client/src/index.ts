/** `@coaia/client`: typed calls to Coaia and every Langfuse-compatible server. */
export type * from './types.ts';
