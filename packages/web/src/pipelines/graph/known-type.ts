import type { ObservationType } from '@coaia/client';
import { typeLooks } from '../../observability/trace/node.ts';

/** A type as it is known; what the text misspells is shown as an event. */
export function toKnownType(type: string): ObservationType {
  return type in typeLooks ? (type as ObservationType) : 'EVENT';
}
