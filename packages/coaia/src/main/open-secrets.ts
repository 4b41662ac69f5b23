/** Where secrets of connections and exports are sealed: under the key of the home, or the one that is set. */
import type { SettingValues } from '#config';
import { openSecretBox } from '#models';
import type { SecretBox } from '#models';

/** Opens the box over the folder of keys; the key file is made with the first secret. */
export function openSecrets(
  folder: string,
  values: Pick<SettingValues, 'encryption_key'>,
): SecretBox {
  return openSecretBox({ folder, key: values.encryption_key });
}
