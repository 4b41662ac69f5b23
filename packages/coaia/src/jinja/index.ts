/** Floor 1: renders Jinja templates. */
export {};
