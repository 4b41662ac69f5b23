/** Codes of predictions. */
import { defineErrors } from '#base';

export const predictionFailures = defineErrors({});
