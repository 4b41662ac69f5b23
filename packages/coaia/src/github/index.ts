/** The door of the github room. */
export {};
