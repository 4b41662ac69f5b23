/** Class names joined; absent ones are left out. */
export function toClass(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
