/** For tests of every room that start programs in an environment of their own. */

/**
 * What such a program takes over from the run of the tests, whatever else it is not to know: the temporary folder
 * that is removed with the run, and the folder of compiled code that lets it start in half the time.
 */
export const RUN_ENV: Readonly<Record<string, string>> = Object.fromEntries(
  ['TMPDIR', 'NODE_COMPILE_CACHE'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);
