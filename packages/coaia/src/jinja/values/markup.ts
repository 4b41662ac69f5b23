/** A text that is escaped. */
/** A text that is already escaped for HTML. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
