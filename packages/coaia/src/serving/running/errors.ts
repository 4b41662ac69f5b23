/** Codes of running. */
import { defineErrors } from '#base';

export const runningFailures = defineErrors({});
