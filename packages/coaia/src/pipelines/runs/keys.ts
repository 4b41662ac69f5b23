/** Names in the journal of a run. */

/** The name under which a person's answer is sent. */
export const toApprovalSignal = (key: string): string => `${key}:approval`;

/** What the journal says of a step that outlives a process, once it has begun. */
export const toAskedKey = (key: string): string => `${key}:asked`;
