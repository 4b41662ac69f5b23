/** Predictions that are being made, by the id of their request. */
import type { Exchange } from './exchange.ts';

/**
 * An array, where an exchange knows its own place. A Map would do the same, but the tables that a Map leaves behind as
 * its entries come and go point to the next one: one old table makes the collector keep every request after it.
 */
export class InFlight {
  readonly #exchanges: Exchange[] = [];

  get count(): number {
    return this.#exchanges.length;
  }

  add(exchange: Exchange): void {
    if (this.#exchanges[exchange.place] === exchange) return;
    exchange.place = this.#exchanges.push(exchange) - 1;
  }

  /** Does nothing where it is not there. */
  remove(exchange: Exchange): void {
    const { place } = exchange;
    if (this.#exchanges[place] !== exchange) return;
    const last = this.#exchanges.pop();
    if (last === undefined || last === exchange) return;
    this.#exchanges[place] = last;
    last.place = place;
  }

  /** For lines that model code prints, which is rare beside requests. */
  find(requestId: string): Exchange | undefined {
    return this.#exchanges.find((exchange) => exchange.requestId === requestId);
  }
}
