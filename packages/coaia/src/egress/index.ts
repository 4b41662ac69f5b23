/** Floor 1: the only way out of this machine. */
export { allowConnection } from './connection.ts';
export { createEgress, toUnreachable } from './egress.ts';
export type { Egress, EgressInit, EgressOptions } from './egress.ts';
export { egressErrors } from './errors.ts';
export { isLoopback } from './loopback.ts';
