/** Codes of runtimes. */
import { defineErrors } from '#base';

export const runtimeFailures = defineErrors({});
