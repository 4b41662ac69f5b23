/** Codes of signatures. */
import { defineErrors } from '#base';

export const signatureFailures = defineErrors({});
