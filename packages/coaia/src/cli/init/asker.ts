/** Who answers: a person at the terminal. The library loads only for that. */
export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

export interface Asker {
  note(text: string, title?: string): void;
  good(text: string): void;
  bad(text: string): void;
  /** Empty when nothing was typed. */
  text(question: {
    readonly message: string;
    readonly placeholder?: string;
    readonly initial?: string;
    readonly isRequired?: boolean;
  }): Promise<string>;
  /** Typed without being shown. */
  secret(question: { readonly message: string; readonly isRequired?: boolean }): Promise<string>;
  choose<V extends string>(question: {
    readonly message: string;
    readonly choices: readonly Choice<V>[];
    readonly initial?: V;
  }): Promise<V>;
}

/** Thrown when the person leaves; nothing has been written then. */
export class LeftError extends Error {
  override readonly name = 'LeftError';
}

/** Questions on the terminal. */
export async function openTerminalAsker(): Promise<Asker> {
  const clack = await import('@clack/prompts');
  const toAnswer = async <V>(answer: Promise<V | symbol>): Promise<V> => {
    const value = await answer;
    if (typeof value === 'symbol') throw new LeftError();
    return value;
  };
  const toCheck = (isRequired: boolean | undefined) => (value: string | undefined) =>
    isRequired === true && (value ?? '').trim() === '' ? 'This is needed.' : undefined;
  return {
    note: (text, title) => clack.note(text, title),
    good: (text) => clack.log.success(text),
    bad: (text) => clack.log.error(text),
    text: async ({ message, placeholder, initial, isRequired }) =>
      (
        (await toAnswer<string | undefined>(
          clack.text({
            message,
            ...(placeholder === undefined ? {} : { placeholder }),
            ...(initial === undefined ? {} : { initialValue: initial }),
            validate: toCheck(isRequired),
          }),
        )) ?? ''
      ).trim(),
    secret: async ({ message, isRequired }) =>
      (
        (await toAnswer<string | undefined>(
          clack.password({ message, validate: toCheck(isRequired) }),
        )) ?? ''
      ).trim(),
    choose: ({ message, choices, initial }) =>
      toAnswer(
        clack.select({
          message,
          options: choices.map(({ value, label, hint }) => ({
            value: value as string,
            label,
            ...(hint === undefined ? {} : { hint }),
          })),
          ...(initial === undefined ? {} : { initialValue: initial }),
        }),
      ) as Promise<never>,
  };
}
