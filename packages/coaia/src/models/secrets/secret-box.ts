/** Secrets at rest: AES-256-GCM under a key of this home, or of COAIA_ENCRYPTION_KEY. */

/** An encrypted text and the id of the key it was encrypted under. */
export interface SealedSecret {
  readonly keyId: string;
  /** Base64 of nonce, ciphertext and tag. */
  readonly sealed: string;
}

export interface SecretBox {
  /** `context` is bound into the result: it opens only with the same context. Throws COAIA-4021, COAIA-4022. */
  seal(text: string, context: string): SealedSecret;
  /** Throws COAIA-4020 when the key is another one or the text was changed. */
  open(secret: SealedSecret, context: string): string;
}
