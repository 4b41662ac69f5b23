/**
 * Counts tests for the last line of `npm test`, and says which suites could not run here.
 * A suite that cannot run skips itself with a note or a title that begins `not run: reason`.
 */
import { writeFileSync } from 'node:fs';

function reasonOf(test) {
  const places = [test.result().note ?? '', ...test.fullName.split(' > ')];
  return places.map((text) => /not run: .+/.exec(text)?.[0]).find(Boolean);
}

// oxlint-disable-next-line import/no-default-export -- vitest loads reporters by their default export
export default class TallyReporter {
  onTestRunEnd(modules, errors) {
    const tally = { passed: 0, failed: errors.length, skipped: 0, notRun: [] };
    for (const module of modules) {
      tally.failed += module.errors().length;
      for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        const reason = state === 'skipped' ? reasonOf(test) : undefined;
        if (reason === undefined) tally[state === 'pending' ? 'skipped' : state] += 1;
        else if (!tally.notRun.includes(reason)) tally.notRun.push(reason);
      }
    }
    writeFileSync(process.env.COAIA_TEST_TALLY, JSON.stringify(tally));
  }
}
