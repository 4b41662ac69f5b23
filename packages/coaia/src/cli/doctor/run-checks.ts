/** Runs the checks of doctor, one after another; one that breaks is a result too. */
import type { Check, CheckInput, CheckResult } from './check.ts';
import { toFailed } from './check.ts';

type NamedCheck = readonly [name: string, check: Check];

async function runCheck(name: string, check: Check, input: CheckInput) {
  try {
    return [await check(input)].flat();
  } catch (error) {
    return [toFailed(name, error)];
  }
}

async function loadChecks(): Promise<readonly NamedCheck[]> {
  const [runtime, home, store, server, services, tools] = await Promise.all([
    import('./runtime-checks.ts'),
    import('./home-checks.ts'),
    import('./store-checks.ts'),
    import('./server-checks.ts'),
    import('./service-checks.ts'),
    import('./tool-checks.ts'),
  ]);
  return [
    ['node', () => runtime.checkNode()],
    ['sqlite', () => runtime.checkSqlite()],
    ['clock', () => runtime.checkClock()],
    ['home', home.checkHome],
    ['file modes', home.checkModes],
    ['disk', home.checkDisk],
    ['settings', home.checkFiles],
    ['.coaia-env', home.checkEnvFiles],
    ['credentials', home.checkCredentials],
    ['completion', home.checkCompletion],
    ['store', store.checkStore],
    ['connections', tools.checkConnections],
    ['server', server.checkServer],
    ['langfuse', server.checkTarget],
    ['llm', services.checkLlm],
    ['stash', services.checkStash],
    ['aws', services.checkAws],
    ['github', services.checkGithub],
    ['storage', services.checkStorage],
    ['audio', tools.checkAudio],
    ['tools', tools.checkTools],
  ];
}

/** All checks, or those of one service with what must hold for any of them. */
export async function runChecks(input: CheckInput): Promise<readonly CheckResult[]> {
  const all = await loadChecks();
  const chosen =
    input.service === undefined
      ? all
      : all.filter(
          ([name]) =>
            name === input.service || (name === 'settings' && input.settings === undefined),
        );
  const results: CheckResult[] = [];
  for (const [name, check] of chosen) results.push(...(await runCheck(name, check, input)));
  return results;
}
