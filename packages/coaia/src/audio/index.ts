/** The door of the audio room. */
export {};
