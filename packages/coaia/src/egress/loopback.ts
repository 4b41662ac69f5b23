/** Which hosts are this machine. */

/** True for localhost names and loopback addresses; `host` as in `URL.hostname`. Never asks DNS. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replaceAll(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  // The URL parser has already turned 127.1 and 0x7f000001 into dotted form.
  if (/^127(?:\.\d{1,3}){3}$/.test(name)) return true;
  return name === '::1' || /^::ffff:(?:127\.|7f[\da-f]{2}:)/.test(name);
}
