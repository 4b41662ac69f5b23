/** Codes of hosts. */
import { defineErrors } from '#base';

export const hostFailures = defineErrors({});
