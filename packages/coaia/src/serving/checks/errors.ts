/** Codes of checks. */
import { defineErrors } from '#base';

export const checkFailures = defineErrors({});
