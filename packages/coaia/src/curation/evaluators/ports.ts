/** What the commands about evaluators and their rules need: the embedded store or a server. */
import type { EvaluatorsApi } from '@coaia/client';
import { needs } from '#surface';

export const evaluatorsApi = needs<EvaluatorsApi>('evaluators');
