/** Which model a text goes to, and how warm. */
import type { TextApi } from './api.ts';
import { textErrors } from './errors.ts';
import { toLongName } from './tags/tag.ts';
import type { Tag } from './tags/tag.ts';

export interface ModelWish {
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly temperature?: number | undefined;
}

export interface ChosenModel {
  readonly model: string;
  readonly provider: string | undefined;
  readonly temperature: number | undefined;
}

/** Models that only take the temperature they come with. */
const FIXED = /^(?:ft:|openai\/)?(?:o\d|gpt-5)/;

/** The command's wish, then the tag's settings, then the usual ones. COAIA-6002 and 6005. */
export async function chooseModel(api: TextApi, tag: Tag, wish: ModelWish): Promise<ChosenModel> {
  const provider = wish.provider ?? tag.provider;
  const named = wish.model === undefined ? undefined : toLongName(wish.model, api.records);
  const usual = named ?? tag.model ?? (await api.defaultModel(provider));
  if (usual === undefined)
    throw textErrors.create('COAIA-6002', 'Which model? None is set.', {
      hint: 'coaia config set model MODEL',
    });
  const model = toLongName(usual, api.records);
  const { temperature = tag.temperature } = wish;
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2))
    throw textErrors.create('COAIA-6005', 'The temperature is no number from 0 to 2.', {
      hint: 'coaia p TAG TEXT --temperature 0.3',
    });
  const isUsual = temperature === undefined && !FIXED.test(model);
  return { model, provider, temperature: isUsual ? tag.usualTemperature : temperature };
}
