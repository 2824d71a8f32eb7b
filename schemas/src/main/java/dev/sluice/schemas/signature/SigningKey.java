// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** A key that signs. Thread-safe; never printed. */
public sealed interface SigningKey {
  /** The key by which its signatures are checked. */
  VerifyKey verifyKey();

  /** The signature over {@code bytes}. */
  byte[] sign(byte[] bytes);

  /** Signs with its private half. */
  record Ed25519(PrivateKey key, VerifyKey.Ed25519 verifyKey) implements SigningKey {
    @Override
    public byte[] sign(byte[] bytes) {
      try {
        Signature signature = Signature.getInstance(KeyFile.ED25519);
        signature.initSign(key);
        signature.update(bytes);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new KeyException("key " + verifyKey.id() + " cannot be used: " + e.getMessage(), e);
      }
    }

    @Override
    public String toString() {
      return "Ed25519[" + verifyKey.id() + "]";
    }
  }

  /** Signs with the secret it shares. */
  record HmacSha256(VerifyKey.HmacSha256 verifyKey) implements SigningKey {
    @Override
    public byte[] sign(byte[] bytes) {
      return verifyKey.mac(bytes);
    }
  }
}
