/** What is kept of a command's stdout as its output. */

/** Characters kept of the last line when nothing was asked for. */
const LINE_CHARACTERS = 500;
/** Characters and lines kept with --capture. */
const CAPTURE_CHARACTERS = 16_000;
const CAPTURE_LINES = 20;

/**
 * How much to keep. `--capture` keeps the last lines, `--no-capture` nothing. Without either, the last line is kept
 * when stdout is not a terminal anyway; on a terminal the command keeps the terminal.
 */
export function toKept(capture: boolean | undefined, byDefault: boolean): number {
  if (capture !== undefined) return capture ? CAPTURE_CHARACTERS : 0;
  return byDefault ? LINE_CHARACTERS : 0;
}

/** The last line, or with --capture the last lines; undefined when there is none. */
export function toOutput(tail: string, capture: boolean | undefined): string | undefined {
  const lines = tail.trimEnd().split('\n');
  const kept =
    capture === true ? lines.slice(-CAPTURE_LINES).join('\n') : (lines.at(-1) ?? '').trim();
  return kept === '' ? undefined : kept;
}
