/** The door of the text room: models work on texts. */
export { textApi, textPorts } from './api.ts';
export type { Question, TextApi, TextPorts, TokenizeAddress } from './api.ts';
export { checkModelServer, type ModelServerCheck } from './check.ts';
