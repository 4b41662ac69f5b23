/** A number of bytes for people: `512 B`, `1.5 MB` (powers of 1000). */
export function renderBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let place = 0;
  while (value >= 1000 && place < units.length - 1) {
    value /= 1000;
    place++;
  }
  return `${place === 0 ? value : value.toFixed(1)} ${units[place]}`;
}
