// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** A key by which signatures are checked. Thread-safe. */
public sealed interface VerifyKey {
  /** First eight bytes of a SHA-256 over the key, hexadecimal; follows from the key alone. */
  String id();

  /** Whether {@code signature} is this key's over {@code bytes}. */
  boolean verifies(byte[] bytes, byte[] signature);

  /** Anybody may have this key: it cannot sign (RFC 8032). */
  record Ed25519(String id, PublicKey key) implements VerifyKey {
    @Override
    public boolean verifies(byte[] bytes, byte[] signature) {
      try {
        Signature check = Signature.getInstance(KeyFile.ED25519);
        check.initVerify(key);
        check.update(bytes);
        return check.verify(signature);
      } catch (SignatureException e) {
        return false; // no signature at all, by its length or form
      } catch (GeneralSecurityException e) {
        throw new KeyException("key " + id + " cannot be used: " + e.getMessage(), e);
      }
    }
  }

  /** Who can check can sign as well: a secret shared by gate and engine (RFC 2104). */
  record HmacSha256(String id, SecretKey key) implements VerifyKey {
    @Override
    public boolean verifies(byte[] bytes, byte[] signature) {
      return MessageDigest.isEqual(mac(bytes), signature);
    }

    byte[] mac(byte[] bytes) {
      try {
        Mac mac = Mac.getInstance(KeyFile.HMAC_SHA256);
        mac.init(key);
        return mac.doFinal(bytes);
      } catch (GeneralSecurityException e) {
        throw new KeyException("key " + id + " cannot be used: " + e.getMessage(), e);
      }
    }

    @Override
    public String toString() {
      return "HmacSha256[" + id + "]";
    }
  }
}
