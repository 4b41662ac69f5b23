/** Quotes a word for a shell where it needs it. */
export function toShellWord(text: string): string {
  return /^[\p{L}\p{N}_.,:+/=-]+$/u.test(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
