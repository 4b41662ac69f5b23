/** The door of the stash room. */
export { openStash, type Stash } from './entries/entries.ts';
