/** A value that is missed where tags are kept; the output around it writes its source instead. */
export class MissingValueError extends Error {
  override readonly name = 'MissingValueError';
}
