/** The door of the text room. */
export {};
