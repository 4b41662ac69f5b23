/** docs/reference/settings.md: one heading per setting. */
export async function renderSettings(): Promise<string> {
  return '';
}
