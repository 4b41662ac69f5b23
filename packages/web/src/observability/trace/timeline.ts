/** Which part of a trace the timeline shows, in milliseconds from its start. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** The whole trace; never empty. */
export function toWholeWindow(durationMs: number): TimeWindow {
  return { from: 0, to: Math.max(durationMs, 0.001) };
}

/** A bar's left edge and width in percent of the timeline; undefined when it is out of sight. */
export function toBar(
  window: TimeWindow,
  startMs: number,
  endMs: number,
): { readonly left: number; readonly width: number } | undefined {
  const span = window.to - window.from;
  const left = ((startMs - window.from) / span) * 100;
  const right = ((endMs - window.from) / span) * 100;
  if (right < 0 || left > 100) return undefined;
  const shownLeft = Math.max(0, left);
  return { left: shownLeft, width: Math.max(0, Math.min(100, right) - shownLeft) };
}

/**
 * The window made `factor` times as wide round the moment `at`, kept inside the trace. Not narrower than a
 * ten-thousandth of the trace.
 */
export function toZoomed(
  window: TimeWindow,
  factor: number,
  at: number,
  durationMs: number,
): TimeWindow {
  const whole = toWholeWindow(durationMs);
  const span = Math.min(whole.to, Math.max(whole.to / 10_000, (window.to - window.from) * factor));
  const share = (at - window.from) / (window.to - window.from);
  return toInside({ from: at - span * share, to: at + span * (1 - share) }, whole.to);
}

/** The window moved by a share of its own width, kept inside the trace. */
export function toMoved(window: TimeWindow, share: number, durationMs: number): TimeWindow {
  const by = (window.to - window.from) * share;
  return toInside({ from: window.from + by, to: window.to + by }, toWholeWindow(durationMs).to);
}

function toInside({ from, to }: TimeWindow, end: number): TimeWindow {
  if (from < 0) return { from: 0, to: Math.min(end, to - from) };
  if (to > end) return { from: Math.max(0, from - (to - end)), to: end };
  return { from, to };
}

/** Round marks of the ruler, at most `count` of them. */
export function toTicks(window: TimeWindow, count: number): readonly number[] {
  const step = toStep((window.to - window.from) / Math.max(1, count));
  const first = Math.ceil(window.from / step);
  const ticks: number[] = [];
  for (let index = first; index * step <= window.to; index += 1) ticks.push(index * step);
  return ticks;
}

// The next of 1, 2, 5 times a power of ten.
function toStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const found = [1, 2, 5].find((one) => one * power >= raw);
  return (found ?? 10) * power;
}

/** A window as the address writes it (`120-480`, milliseconds), or undefined for the whole trace. */
export function toWindowText(window: TimeWindow, durationMs: number): string | undefined {
  const whole = toWholeWindow(durationMs);
  if (window.from <= whole.from && window.to >= whole.to) return undefined;
  return `${Number(window.from.toFixed(3))}-${Number(window.to.toFixed(3))}`;
}

/** Reads a window from the address; the whole trace when it cannot be read. */
export function parseWindow(text: string | undefined, durationMs: number): TimeWindow {
  const match = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? '');
  const from = Number(match?.[1]);
  const to = Number(match?.[2]);
  if (match === null || !(to > from)) return toWholeWindow(durationMs);
  return toInside({ from, to }, toWholeWindow(durationMs).to);
}
