/** Codes of gateway. */
import { defineErrors } from '#base';

export const gatewayFailures = defineErrors({});
