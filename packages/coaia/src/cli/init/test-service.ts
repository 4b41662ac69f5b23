/** Tries a service with answers that are not written yet: the same checks as `coaia doctor SERVICE`. */
import { resolveSettings } from '#config';
import type { CommandContext } from '#surface';
import { runChecks } from '../doctor/run-checks.ts';
import type { CheckResult } from '../doctor/check.ts';
import type { Answers, FormName } from './forms.ts';

/** The first result that is no success, else the last. */
export async function testService(
  context: CommandContext<unknown>,
  service: FormName,
  answers: Answers,
): Promise<CheckResult> {
  const { env, envFiles, cwd, flags } = context;
  const given = Object.fromEntries([...answers].filter(([, text]) => text !== ''));
  const settings = resolveSettings({
    env,
    envFiles,
    cwd,
    flags: given,
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
  });
  const results = await runChecks({ context, settings, deep: false, network: true, service });
  const bad = results.find(({ status }) => status === 'fail');
  return bad ?? results.at(-1) ?? { name: service, status: 'ok', detail: 'not checked' };
}
