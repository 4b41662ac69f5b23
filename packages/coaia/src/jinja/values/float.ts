/** A float with a whole value. */
/** A float with a whole value (`2.0`), infinity or not-a-number; every other float is a plain number. */
export class Float {
  readonly value: number;

  private constructor(value: number) {
    this.value = value;
  }

  static of(value: number): Float | number {
    return Number.isFinite(value) && !Number.isInteger(value) ? value : new Float(value);
  }
}
