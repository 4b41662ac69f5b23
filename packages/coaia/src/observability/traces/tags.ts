/** Tags as stored: a JSON array of texts, sorted. */
export function toTags(text: string): readonly string[] {
  return text === '[]' ? [] : (JSON.parse(text) as string[]);
}
