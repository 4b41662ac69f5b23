/** Items of a batch while they are read. */

/** An item on its way to become one. */
export interface Draft {
  /** How messages name it. */
  readonly where: string;
  readonly observation: Record<string, unknown> & { id: string; traceId: string; type: string };
  /** `parent`: the id or name of another item. */
  readonly parent: string | undefined;
}

export interface Remarks {
  /** What stops the batch. */
  readonly problems: string[];
  /** What was ignored or assumed, one sentence each. */
  readonly notices: string[];
}
