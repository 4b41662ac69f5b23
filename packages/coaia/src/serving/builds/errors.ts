/** Codes of builds. */
import { defineErrors } from '#base';

export const buildFailures = defineErrors({});
