/**
 * `npm test`: sets up what the tests need (dependencies, build, PostgreSQL, Redis, Chromium, bubblewrap), runs them all, and ends
 * with `N passed, N failed`. Arguments go to vitest: `npm test -- packages/coaia/src/store`.
 * What cannot be had here prints `not run: reason`; under CI=true that counts as failed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBubblewrap } from './lib/bubblewrap.mjs';
import { findChromium } from './lib/chromium.mjs';
import { openPostgres } from './lib/postgres.mjs';
import { openRedis } from './lib/redis.mjs';
import { runForeground } from './lib/run.mjs';
import { root, setUp, toolEnv, toolFile } from './lib/setup.mjs';
import { ensurePrograms } from './lib/programs.mjs';
import { openTemporary } from './lib/temporary.mjs';

const node = setUp();
const args = process.argv.slice(2);
const strict = /^(?:1|true)$/i.test(process.env.CI ?? '');
const temporary = openTemporary();
const tallyFile = join(temporary.folder, 'tally.json');

/** Starts what tests talk to. Returns their environment and the reasons for what is missing. */
async function openServices() {
  const given = process.env.COAIA_TEST_POSTGRES_URL;
  const postgres =
    given === undefined ? await openPostgres() : { url: given, close: async () => {} };
  const givenRedis = process.env.COAIA_TEST_REDIS_URL;
  const redis =
    givenRedis === undefined ? await openRedis() : { url: givenRedis, close: async () => {} };
  const chromium = findChromium();
  ensureBubblewrap();
  const missing = [
    ...ensurePrograms(),
    ...(postgres.reason === undefined ? [] : [`not run: PostgreSQL suites: ${postgres.reason}`]),
    ...(redis.reason === undefined ? [] : [`not run: Redis suites: ${redis.reason}`]),
    ...(chromium.reason === undefined ? [] : [`not run: browser suites: ${chromium.reason}`]),
  ];
  const env = {
    COAIA_TEST_TALLY: tallyFile,
    // Hundreds of tests start the program; compiled once, it starts in half the time.
    NODE_COMPILE_CACHE: join(temporary.folder, 'compiled'),
    ...(postgres.url === undefined ? {} : { COAIA_TEST_POSTGRES_URL: postgres.url }),
    ...(redis.url === undefined ? {} : { COAIA_TEST_REDIS_URL: redis.url }),
    ...(chromium.path === undefined ? {} : { COAIA_TEST_CHROMIUM: chromium.path }),
  };
  const close = async () => {
    await postgres.close?.();
    await redis.close?.();
  };
  return { env, missing, close };
}

/** Everything but the packed program, unless a project is named. */
function vitestArgs() {
  const named = args.some((arg) => arg.startsWith('--project'));
  const reporters = [
    '--reporter=default',
    `--reporter=${join(root, 'scripts/lib/tally-reporter.mjs')}`,
  ];
  return [
    toolFile('vitest'),
    'run',
    ...(named ? [] : ['--project=!packed']),
    ...reporters,
    ...args,
  ];
}

async function runTests() {
  const built = await runForeground(node, [join(root, 'scripts/build.mjs'), '--if-stale'], {
    env: toolEnv(node),
  });
  if (built !== 0) return { passed: 0, failed: 1, skipped: 0, notRun: [] };
  const services = await openServices();
  try {
    const code = await runForeground(node, vitestArgs(), {
      cwd: root,
      env: toolEnv(node, services.env),
    });
    const tally = existsSync(tallyFile)
      ? JSON.parse(readFileSync(tallyFile, 'utf8'))
      : { passed: 0, failed: 1, skipped: 0, notRun: [] };
    if (code !== 0 && tally.failed === 0) tally.failed = 1;
    return { ...tally, notRun: [...new Set([...services.missing, ...tally.notRun])] };
  } finally {
    await services.close();
  }
}

const { passed, failed, skipped, notRun } = await runTests().finally(temporary.remove);
for (const line of notRun) process.stdout.write(`${line}\n`);
const bad = failed + (strict ? notRun.length : 0);
process.stdout.write(
  `${passed} passed, ${bad} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = bad === 0 ? 0 : 1;
