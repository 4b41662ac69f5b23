import { EXIT } from '#base';
import { resolveSettings } from '#config';
import type { ResolvedSettings } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { Check, CheckInput, CheckResult, CheckStatus } from '../doctor/check.ts';
import { toFailed } from '../doctor/check.ts';

const STYLES: Readonly<Record<CheckStatus, 'ok' | 'warn' | 'error'>> = {
  ok: 'ok',
  warn: 'warn',
  fail: 'error',
};

function findSettings({
  env,
  envFiles,
  cwd,
  flags,
}: CommandContext<unknown>): ResolvedSettings | undefined {
  try {
    return resolveSettings({
      env,
      envFiles,
      cwd,
      ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    });
  } catch {
    // The check of the settings files reports what is wrong.
    return undefined;
  }
}

async function runCheck(name: string, check: Check, input: CheckInput) {
  try {
    return [await check(input)].flat();
  } catch (error) {
    return [toFailed(name, error)];
  }
}

async function runChecks(input: CheckInput): Promise<readonly CheckResult[]> {
  const [runtime, home, store, server] = await Promise.all([
    import('../doctor/runtime-checks.ts'),
    import('../doctor/home-checks.ts'),
    import('../doctor/store-checks.ts'),
    import('../doctor/server-checks.ts'),
  ]);
  const checks: readonly (readonly [string, Check])[] = [
    ['node', () => runtime.checkNode()],
    ['sqlite', () => runtime.checkSqlite()],
    ['clock', () => runtime.checkClock()],
    ['home', home.checkHome],
    ['file modes', home.checkModes],
    ['disk', home.checkDisk],
    ['settings', home.checkFiles],
    ['.coaia-env', home.checkEnvFiles],
    ['credentials', home.checkCredentials],
    ['store', store.checkStore],
    ['server', server.checkServer],
    ['langfuse', server.checkTarget],
  ];
  const results: CheckResult[] = [];
  for (const [name, check] of checks) results.push(...(await runCheck(name, check, input)));
  return results;
}

export const command = defineCommand({
  words: 'doctor',
  summary: 'Check this installation and say what to do',
  description:
    'Changes nothing. Exit 1 when a check fails; warnings do not count. Other machines are asked only with --network.',
  positionals: [],
  options: {
    deep: { type: 'boolean', summary: 'Also read the whole store and recount its totals' },
    network: { type: 'boolean', summary: 'Also ask the server that the settings name' },
  },
  examples: ['coaia doctor', 'coaia doctor --deep', 'coaia doctor --network --json'],
  run: async (context, { options }) => {
    const { out, flags } = context;
    const results = await runChecks({
      context,
      settings: findSettings(context),
      deep: options.deep === true,
      network: options.network === true,
    });
    const count = (status: CheckStatus) =>
      results.filter((result) => result.status === status).length;
    const failed = count('fail');
    if (flags.json) {
      out.json({ ok: failed === 0, checks: results });
      return failed === 0 ? EXIT.done : EXIT.failed;
    }
    const width = Math.max(...results.map(({ name }) => name.length));
    for (const { name, status, detail, hint } of results) {
      out.line(`${out.style(STYLES[status], status.padEnd(4))}  ${name.padEnd(width)}  ${detail}`);
      if (hint !== undefined) out.line(`${' '.repeat(width + 8)}Fix: ${hint}`);
    }
    out.line(`${count('ok')} ok, ${count('warn')} warnings, ${failed} failed`);
    return failed === 0 ? EXIT.done : EXIT.failed;
  },
});
