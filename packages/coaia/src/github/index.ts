/** The door of the github room: its commands are all that there is. */
export { githubErrors } from './errors.ts';
