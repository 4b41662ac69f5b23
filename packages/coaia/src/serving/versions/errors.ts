/** Codes of versions. */
import { defineErrors } from '#base';

export const versionFailures = defineErrors({});
