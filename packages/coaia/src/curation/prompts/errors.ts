/** Codes of prompts: COAIA-2000 to 2099. */
import { defineErrors, EXIT } from '#base';

export const promptErrors = defineErrors({
  'COAIA-2000': {
    status: 404,
    exit: EXIT.failed,
    name: 'LangfuseNotFoundError',
    explain:
      'The project has no such prompt, or no version of it with that number or label. `coaia prompts list` shows names, versions and labels. Without a label or version the API looks for the label production, the command line for latest.',
  },
  'COAIA-2001': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The prompt breaks a rule, so no version was made. Names have up to 255 characters, no "|", no empty part between slashes, and are none of the reserved words; labels have up to 36 characters of a-z, 0-9, "_", "-" and "."; text or chat is fixed by the first version; a variable and a placeholder must not share a name.',
  },
  'COAIA-2002': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The prompt includes another one that is not there, is a chat prompt, leads back to itself, or is nested deeper than five levels, so no version was made. Only text prompts can be included, as @@@langfusePrompt:name=NAME|version=N@@@ or |label=LABEL@@@.',
  },
  'COAIA-2003': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'What the prompt includes has changed since it was written and no longer fits together: a part is missing, leads back to the prompt, or is nested too deep. Read it with resolve=false (`coaia prompts get NAME --raw`) and mend it.',
  },
  'COAIA-2004': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'Other prompts include a version that was to be deleted, so nothing was deleted. The sentence names them; change or delete them first.',
  },
  'COAIA-2005': {
    status: 403,
    exit: EXIT.denied,
    name: 'ForbiddenError',
    explain:
      'The label is protected in this project: keys may neither move it nor delete the version it is on. The owner can, on the page or with the command line on the store itself; `coaia prompts protect` lists and changes what is protected.',
  },
  'COAIA-2010': {
    status: 400,
    exit: EXIT.usage,
    name: 'InvalidRequestError',
    explain:
      'The command line gives no content for the prompt, or gives it in a form that cannot be read, so nothing was sent. Text is taken as it is; a chat is a JSON list of messages; --config takes JSON or @FILE; --var takes KEY=VALUE.',
  },
  'COAIA-2011': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'A file or folder that the command line names cannot be read or written, or is no prompt file. docs/prompts.md has the form.',
  },
  'COAIA-2012': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The editor could not be started or ended with an error, so no version was made. VISUAL or EDITOR names the program; `coaia prompts create NAME --file PATH` needs none.',
  },
  'COAIA-2013': {
    status: 502,
    exit: EXIT.failed,
    name: 'BadGatewayError',
    explain:
      'The model answered, and its answer is of no use: it is empty, it was withheld by a content filter, it is no JSON although JSON was asked for, or it does not fit the schema. The trace holds the whole answer.',
  },
});
