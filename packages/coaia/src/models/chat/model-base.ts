/** From what people write as the address of a model server to its base. */

/** `https://host/v1/chat/completions`, `https://host/v1` and `https://host` all give `https://host/v1`. */
export function toModelBase(address: string): string {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}
