/** What code in the sandbox may use. */

/** Longest source in characters. */
export const MAX_SOURCE = 256 * 1024;
/** Longest answer in bytes of JSON. */
export const MAX_ANSWER = 1024 * 1024;
/** Memory of one run: the whole engine for scripts, the address space for Python. */
export const SCRIPT_MEMORY = 64 * 1024 * 1024;
export const PYTHON_MEMORY = 256 * 1024 * 1024;
/** The private /tmp of Python. */
export const PYTHON_DISK = 16 * 1024 * 1024;
/** Time of one run unless the caller names another. */
export const DEFAULT_TIMEOUT_MS = 5000;
