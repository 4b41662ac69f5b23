/** One turn of a chat in one shape, whatever API it came from. */
export interface Message {
  readonly role: string;
  readonly name?: string;
  readonly blocks: readonly Block[];
}

/** A part of a turn. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly id?: string; readonly args: unknown }
  | {
      readonly kind: 'result';
      readonly name?: string;
      readonly id?: string;
      readonly value: unknown;
    }
  | { readonly kind: 'media'; readonly label: string }
  | { readonly kind: 'json'; readonly value: unknown };
