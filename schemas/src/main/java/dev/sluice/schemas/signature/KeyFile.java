// SPDX-License-Identifier: Apache-2.0
package dev.sluice.schemas.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys as text in PEM blocks. Ed25519: {@code PRIVATE KEY} (PKCS #8) with {@code PUBLIC KEY}
 * (X.509) to sign, {@code PUBLIC KEY} alone to check; both as OpenSSL writes them. HMAC-SHA256:
 * {@code SLUICE HMAC-SHA256 KEY}, at least 32 random bytes, the same file to sign and to check.
 */
public final class KeyFile {
  static final String ED25519 = "Ed25519";
  static final String HMAC_SHA256 = "HmacSHA256";

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final String SECRET = "SLUICE HMAC-SHA256 KEY";
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 8;
  private static final int MAX_BYTES = 16_384;

  private KeyFile() {}

  /** Text of a new Ed25519 key, to sign; {@link #publicPart} is for the engines. */
  public static String newEd25519() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
      return block(PRIVATE, pair.getPrivate().getEncoded())
          + block(PUBLIC, pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new KeyException("this JDK makes no Ed25519 keys", e);
    }
  }

  /** Text of a new secret for HMAC-SHA256, for the gate and the engines. */
  public static String newHmacSha256() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return block(SECRET, secret);
  }

  /** What of a signing key's text checks its signatures: for HMAC the secret itself. */
  public static String publicPart(String text) {
    return find(text, SECRET)
        .map(secret -> block(SECRET, secret))
        .or(() -> find(text, PUBLIC).map(key -> block(PUBLIC, key)))
        .orElseThrow(() -> new KeyException("no key in it that checks signatures", null));
  }

  /**
   * Reads a key that signs.
   *
   * @throws KeyException when the file cannot be read or holds none
   */
  public static SigningKey signing(Path file) {
    try {
      String text = text(file);
      VerifyKey verifyKey = parse(text);
      if (verifyKey instanceof VerifyKey.HmacSha256 shared) {
        return new SigningKey.HmacSha256(shared);
      }
      byte[] encoded =
          find(text, PRIVATE)
              .orElseThrow(() -> new KeyException("it holds no PRIVATE KEY to sign with", null));
      PrivateKey key =
          KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      SigningKey.Ed25519 signing = new SigningKey.Ed25519(key, (VerifyKey.Ed25519) verifyKey);
      byte[] probe = {1};
      if (!verifyKey.verifies(probe, signing.sign(probe))) {
        throw new KeyException("its PRIVATE KEY and its PUBLIC KEY are no pair", null);
      }
      return signing;
    } catch (KeyException | IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /**
   * Reads a key that checks.
   *
   * @throws KeyException when the file cannot be read or holds none
   */
  public static VerifyKey verifying(Path file) {
    try {
      return parse(text(file));
    } catch (KeyException | IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static VerifyKey parse(String text) throws GeneralSecurityException {
    Optional<byte[]> secret = find(text, SECRET);
    if (secret.isPresent()) {
      if (secret.get().length < SECRET_BYTES) {
        throw new KeyException("its secret is shorter than " + SECRET_BYTES + " bytes", null);
      }
      return new VerifyKey.HmacSha256(
          id(SECRET, secret.get()), new SecretKeySpec(secret.get(), HMAC_SHA256));
    }
    byte[] encoded =
        find(text, PUBLIC)
            .orElseThrow(() -> new KeyException("it holds neither PUBLIC KEY nor " + SECRET, null));
    PublicKey key = KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
    return new VerifyKey.Ed25519(id(PUBLIC, encoded), key);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("larger than a key");
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static KeyException unusable(Path file, Exception why) {
    String reason = why instanceof KeyException ? why.getMessage() : why.getClass().getSimpleName();
    return new KeyException("key file " + file + " cannot be used: " + reason, why);
  }

  private static Optional<byte[]> find(String text, String label) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
            .matcher(text);
    try {
      return block.find()
          ? Optional.of(Base64.getMimeDecoder().decode(block.group(1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new KeyException("its " + label + " is no base64", null);
    }
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static String id(String label, byte[] content) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(label.getBytes(StandardCharsets.US_ASCII));
    byte[] hash = digest.digest(content);
    return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
  }
}
