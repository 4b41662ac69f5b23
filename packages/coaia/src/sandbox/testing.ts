/** For tests of Python in the box: whether it can run here, and what the skipped suites say otherwise. */
import { requireBox } from './bubblewrap.ts';

/** `skip` and the words for a suite's title; the reporter of `npm test` lists titles with `not run: reason`. */
export async function findBox(): Promise<{ readonly skip: boolean; readonly note: string }> {
  try {
    await requireBox();
    return { skip: false, note: '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { skip: true, note: ` not run: ${reason}` };
  }
}
