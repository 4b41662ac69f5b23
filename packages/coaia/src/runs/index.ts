/** Floor 2: the durable engine. */
export type * from './engine.ts';
