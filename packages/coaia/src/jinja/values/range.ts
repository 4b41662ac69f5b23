/** Numbers in steps. */
/** Numbers made one by one, so that `range(100000)` costs nothing by itself. */
export class Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  at(index: number): number | undefined {
    const position = index < 0 ? index + this.length : index;
    return position >= 0 && position < this.length ? this.start + position * this.step : undefined;
  }

  toArray(): number[] {
    return Array.from({ length: this.length }, (_, index) => this.start + index * this.step);
  }
}
