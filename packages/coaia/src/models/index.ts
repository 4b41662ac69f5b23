/** The door of the models room: connections to model servers, conversations with models, the playground. */
export type * from './chat/chat.ts';
export { modelPorts, type ModelPorts } from './ports.ts';
