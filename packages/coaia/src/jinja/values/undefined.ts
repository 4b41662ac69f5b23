/** No value. */
/** What a name, attribute or item without a value gives; `name` is said in messages. */
export class Undefined {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}
