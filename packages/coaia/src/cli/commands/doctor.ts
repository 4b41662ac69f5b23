import { EXIT } from '#base';
import { resolveSettings } from '#config';
import type { ResolvedSettings } from '#config';
import { defineCommand } from '#surface';
import type { CommandContext } from '#surface';
import type { CheckInput, CheckResult, CheckStatus } from '../doctor/check.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { SERVICES } from '../completion/value-kinds.ts';
import { usageError } from '../errors.ts';

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

function toExit(results: readonly CheckResult[], input: CheckInput, isStrict: boolean): number {
  const bad = results.filter(({ status }) => status === 'fail' || (isStrict && status === 'warn'));
  if (bad.length === 0) return EXIT.done;
  if (input.service === undefined) return EXIT.failed;
  return bad[0]?.reason === 'unreachable' ? EXIT.unreachable : EXIT.config;
}

/** GitHub shows these lines beside the step: https://docs.github.com/actions/reference/workflow-commands */
function renderAnnotation({ name, status, detail }: CheckResult): string {
  const escape = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${status === 'fail' ? 'error' : 'warning'} title=coaia doctor::${escape(`${name}: ${detail}`)}`;
}

function print(
  { out, env }: CommandContext<unknown>,
  results: readonly CheckResult[],
  isCi: boolean,
): void {
  const count = (status: CheckStatus) =>
    results.filter((result) => result.status === status).length;
  const width = Math.max(...results.map(({ name }) => name.length));
  for (const { name, status, detail, hint } of results) {
    out.line(`${out.style(STYLES[status], status.padEnd(4))}  ${name.padEnd(width)}  ${detail}`);
    if (hint !== undefined) out.line(`${' '.repeat(width + 8)}Fix: ${hint}`);
  }
  if (isCi && env['GITHUB_ACTIONS'] === 'true')
    for (const result of results) if (result.status !== 'ok') out.line(renderAnnotation(result));
  out.line(`${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failed`);
}

export const command = defineCommand({
  words: 'doctor',
  summary: 'Check this installation and say what to do',
  description:
    'Changes nothing without --fix. Exit 1 when a check fails; warnings do not count. Other machines are asked only with --network, or when a service is named: then exit 3 means that a setting is missing or refused, 4 that the service does not answer.',
  positionals: [{ name: 'service', summary: `One of ${SERVICES.join(', ')}` }],
  options: {
    deep: { type: 'boolean', summary: 'Also read the whole store and recount its totals' },
    network: { type: 'boolean', summary: 'Also ask the services that the settings name' },
    fix: {
      type: 'boolean',
      aliases: ['repair'],
      summary: 'Repair what can be repaired without losing anything, then check again',
    },
    ci: { type: 'boolean', summary: 'For pipelines: warnings fail too' },
  },
  examples: [
    'coaia doctor',
    'coaia doctor --deep',
    'coaia doctor --network --json',
    'coaia doctor --fix',
  ],
  run: async (context, { args, options }) => {
    const { out, flags } = context;
    const service = SERVICES.find((one) => one === args.service);
    if (args.service !== undefined && service === undefined)
      throw usageError(`There is no service ${args.service}.`, `use one of ${SERVICES.join(', ')}`);
    const isCi = options.ci === true;
    const input: CheckInput = {
      context,
      settings: findSettings(context),
      deep: options.deep === true,
      network: options.network === true || service !== undefined,
      service,
    };
    let results = await runChecks(input);
    let fixed: readonly string[] = [];
    if (options.fix === true) {
      const { fixAll } = await import('../doctor/fixes.ts');
      fixed = await fixAll(input, results);
      if (fixed.length > 0) results = await runChecks(input);
    }
    const code = toExit(results, input, isCi);
    if (flags.json) out.json({ ok: code === EXIT.done, checks: results, fixed });
    else {
      for (const text of fixed) out.line(`Fixed: ${text}`);
      print(context, results, isCi);
    }
    return code;
  },
});
