/** Values of a template's variables from the command line. */
export { readVariables, variableOptions } from '../create/read-variables.ts';
