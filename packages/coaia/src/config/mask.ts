/** Which values of variables may be shown. In doubt a value is a secret. */

const MASK = '****';

/** Ids of traces and their kin, which commands print anyway. */
const PLAIN =
  /^_?COAIA_(?:TRACE_ID|SESSION_ID|USER_ID|\w*OBSERVATION_ID|ENV_\w+|CONTEXT_NAME|PROFILE|HOME)$/;

const SECRET_NAME =
  /KEY|SECRET|TOKEN|PASS|PWD|CREDENTIAL|PRIVATE|AUTH|COOKIE|SIGNATURE|SALT|DSN|CERT|WEBHOOK|CONNECTION|DATABASE_URL|REDIS_URL|KV_URL/i;

/** Beginnings of keys that services give out, of JSON Web Tokens and of PEM blocks. */
const SECRET_VALUE =
  /^(?:sk-|pk-|gh[a-z]_|github_pat_|xox|AKIA|ASIA|AIza|hf_|eyJ|-----BEGIN|AGE-SECRET)/;

/** A name and a password, or a long query, inside an address. */
const SECRET_URL = /:\/\/[^/\s]*@|[?&][\w-]*=[^&\s]{8}/;

/** A word of at least 14 characters with digits and letters is rarely a word of a language. */
const RANDOM = /(?=[\w+=~-]*\d)(?=[\w+=~-]*[A-Za-z])[\w+=~-]{14}/;

/** True when a value must not appear in a listing. */
export function isSecret(name: string, value: string): boolean {
  if (value === '' || PLAIN.test(name)) return false;
  if (/^(?:true|false|\d{1,6})$/i.test(value)) return /PASS|PWD|TOKEN|SECRET/i.test(name);
  if (SECRET_NAME.test(name)) return true;
  return (
    SECRET_VALUE.test(value) || SECRET_URL.test(value) || RANDOM.test(value) || value.length > 200
  );
}

/** What a listing shows of a value: all of it or none. */
export function toMasked(name: string, value: string): string {
  return isSecret(name, value) ? MASK : value;
}
