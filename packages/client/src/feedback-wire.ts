/** What somebody said about a tool or a page, as the API answers it. */
export interface Feedback {
  readonly id: string;
  readonly targetType: string;
  readonly target: string;
  readonly feedback: string;
  readonly goal: string | null;
  readonly referenceUrl: string | null;
  readonly createdAt: string;
}
