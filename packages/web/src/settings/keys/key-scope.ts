/** What a key with scopes opens: rights over served models. */
export interface ScopeFields {
  /** Whole project, or only the models below. */
  readonly opens: 'project' | 'models';
  readonly predict: boolean;
  readonly deploy: boolean;
  /** Names with commas or spaces between; `*` is every model. */
  readonly models: string;
}

/** The form as it is at first. */
export const firstScope: ScopeFields = {
  opens: 'project',
  predict: true,
  deploy: false,
  models: '*',
};

const FORM = /^(?:\*|[A-Za-z0-9][A-Za-z0-9._-]{0,127})$/;

/** The models that are named; undefined where one of them cannot be a name, or there is none. */
export function parseModels(text: string): readonly string[] | undefined {
  const names = [...new Set(text.split(/[\s,]+/).filter((one) => one !== ''))];
  return names.length > 0 && names.every((one) => FORM.test(one)) ? names : undefined;
}

/** True when the fields make a key. */
export function isScopeReady({ opens, predict, deploy, models }: ScopeFields): boolean {
  return opens === 'project' || ((predict || deploy) && parseModels(models) !== undefined);
}

/** `predict:churn`, `deploy:churn`; null for a key without scopes. */
export function toScopes({
  opens,
  predict,
  deploy,
  models,
}: ScopeFields): readonly string[] | null {
  if (opens === 'project') return null;
  const rights = [...(predict ? ['predict'] : []), ...(deploy ? ['deploy'] : [])];
  return (parseModels(models) ?? []).flatMap((name) => rights.map((right) => `${right}:${name}`));
}
