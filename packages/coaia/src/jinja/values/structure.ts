/** Things with attributes. */
import type { Callable } from './callable.ts';

/** Something with attributes that the language itself makes: `loop`, `namespace()`, a macro. */
export class Structure {
  readonly fields: Map<string, unknown>;
  readonly title: string;
  /** True for a namespace, whose fields `set` may change. */
  readonly isOpen: boolean;
  readonly call: Callable['call'] | undefined;

  constructor(
    title: string,
    fields: Map<string, unknown>,
    { isOpen = false, call }: { isOpen?: boolean; call?: Callable['call'] } = {},
  ) {
    this.title = title;
    this.fields = fields;
    this.isOpen = isOpen;
    this.call = call;
  }
}
