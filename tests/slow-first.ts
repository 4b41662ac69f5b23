/** The order of test files: the slow ones begin, so that none of them is left over for one worker at the end. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');

/**
 * Files of ten seconds or more on two cores, as `npm test` prints them. Those that mostly compute, as the pages in
 * Chromium do, stand beside those that mostly wait.
 */
export const SLOW: readonly string[] = [
  'packages/web/tests/axe.browser.test.ts',
  'tests/hostile/stuck-clients.test.ts',
  'tests/contract/export-restart.test.ts',
  'packages/coaia/src/migration/migrate.test.ts',
  'packages/web/tests/pages.browser.test.ts',
  'tests/contract/langfuse-cli-walk.test.ts',
  'tests/python/langfuse-sdk.test.ts',
  'tests/contract/evaluators-restart.test.ts',
  'tests/browser/settings.test.ts',
  'tests/run-docs.test.ts',
  'packages/coaia/src/mcp/stdio.test.ts',
  'packages/web/tests/traces.browser.test.ts',
  'tests/contract/isolation.test.ts',
  'tests/hostile/page-content.test.ts',
  'tests/python/coaiapy.test.ts',
  'tests/browser/datasets.test.ts',
  'packages/coaia/src/cli/commands/server/up.test.ts',
  'packages/coaia/src/runs/scaled.test.ts',
  'tests/browser/experiments.test.ts',
  'packages/coaia/src/serving/runtimes/faults.test.ts',
  'tests/acceptance/first-guides.test.ts',
  'tests/browser/prompts.test.ts',
  'tests/containers/images.test.ts',
  'packages/coaia/src/serving/signatures/read-signature.test.ts',
  'packages/web/tests/trace.browser.test.ts',
  'tests/acceptance/serving-first-models.test.ts',
  'packages/coaia/src/curation/evaluations/evaluations.test.ts',
  'tests/browser/schedules-and-tasks.test.ts',
  'tests/soak/crash.test.ts',
  'packages/coaia/src/queue/dispatcher.test.ts',
  'tests/browser/deployments.test.ts',
  'tests/contract/administration-restart.test.ts',
  'tests/acceptance/serving-faults.test.ts',
  'tests/browser/pipelines.test.ts',
  'packages/coaia/src/runs/embedded.test.ts',
  'packages/coaia/src/access/session/sign-in.test.ts',
  'tests/acceptance/serving-workflow.test.ts',
  'tests/browser/api-page.test.ts',
  'packages/coaia/src/serving/builds/build-project.test.ts',
];

/** Puts the files of `SLOW` first. Fails where one of them is gone. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = SLOW.filter((file) => !existsSync(join(ROOT, file)));
    if (gone.length > 0)
      throw new Error(`tests/slow-first.ts names what is gone: ${gone.join(', ')}`);
    const rank = ({ moduleId, project }: TestSpecification) => {
      const at = SLOW.indexOf(relative(ROOT, moduleId).replaceAll('\\', '/'));
      return project.config.sequence.groupOrder * SLOW.length * 2 + (at === -1 ? SLOW.length : at);
    };
    // oxlint-disable-next-line unicorn/no-array-sort -- not a list: the sequencer that this one extends
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
