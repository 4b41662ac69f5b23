/** Service by service: ask, try, and go on when it works or the person says so. */
import { resolveSettings, toShown, getSetting } from '#config';
import type { SettingName } from '#config';
import type { CommandContext } from '#surface';
import type { Asker } from './asker.ts';
import { isIdle } from './forms.ts';
import type { Answers, Form } from './forms.ts';
import { testService } from './test-service.ts';

/** Answers of all forms that were filled in. Throws `Left` when the person leaves. */
export async function askServices(
  context: CommandContext<unknown>,
  asker: Asker,
  forms: readonly Form[],
): Promise<Answers> {
  const all = new Map<SettingName, string>();
  for (const form of forms)
    for (const [setting, text] of await askForm(context, asker, form)) all.set(setting, text);
  return all;
}

async function askForm(
  context: CommandContext<unknown>,
  asker: Asker,
  form: Form,
): Promise<Answers> {
  const current = readCurrent(context, form);
  asker.note(
    current.size === 0
      ? form.without
      : [...current]
          .map(([name, text]) => `${name}: ${toShown(getSetting(name), text)}`)
          .join('\n'),
    form.title,
  );
  const isSet = current.size > 0;
  const wish = await asker.choose({
    message: isSet ? 'It is set up already.' : 'Set it up?',
    choices: [
      { value: 'skip', label: isSet ? 'Leave it as it is' : 'Not now' },
      { value: 'ask', label: isSet ? 'Change it' : 'Set it up' },
    ],
    initial: 'skip',
  });
  if (wish === 'skip') return new Map();
  for (;;) {
    const answers = await askFields(asker, form, current);
    const { status, detail, hint } = await testService(context, form.name, answers);
    if (status !== 'fail') {
      asker.good(detail);
      return answers;
    }
    asker.bad(hint === undefined ? detail : `${detail}\nFix: ${hint}`);
    const next = await asker.choose({
      message: 'It does not work like this.',
      choices: [
        { value: 'again', label: 'Answer again' },
        { value: 'keep', label: 'Keep the answers all the same' },
        { value: 'skip', label: 'Leave this service out' },
      ],
      initial: 'again',
    });
    if (next !== 'again') return next === 'keep' ? answers : new Map();
  }
}

/** What is set now, references as they stand. */
function readCurrent(context: CommandContext<unknown>, form: Form): Answers {
  const { env, envFiles, cwd, flags } = context;
  const profile = flags.profile === undefined ? {} : { profile: flags.profile };
  const { candidates } = resolveSettings({ env, envFiles, cwd, ...profile });
  return new Map(
    form.fields.flatMap(({ setting }) => {
      const winner = candidates[setting].find(({ wins, family }) => wins && family !== 'default');
      return winner === undefined ? [] : [[setting, String(winner.value)] as const];
    }),
  );
}

async function askFields(asker: Asker, form: Form, current: Answers): Promise<Answers> {
  const answers = new Map<SettingName, string>();
  for (const one of form.fields) {
    if (isIdle(one, answers)) continue;
    const { setting, message, isSecret, placeholder, isRequired } = one;
    const known = current.get(setting);
    if (isSecret === true) {
      const kept = known === undefined ? '' : ' (empty keeps the one you have)';
      const text = await asker.secret({
        message: `${message}${kept}`,
        isRequired: isRequired === true && known === undefined,
      });
      answers.set(setting, text === '' ? (known ?? '') : text);
    } else {
      answers.set(
        setting,
        await asker.text({
          message,
          ...(placeholder === undefined ? {} : { placeholder }),
          ...(known === undefined ? {} : { initial: known }),
          ...(isRequired === undefined ? {} : { isRequired }),
        }),
      );
    }
  }
  return answers;
}
