/** Codes of projects. */
import { defineErrors } from '#base';

export const projectFailures = defineErrors({});
