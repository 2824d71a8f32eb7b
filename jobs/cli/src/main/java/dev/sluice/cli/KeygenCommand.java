// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.signature.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice control keygen}: a key to sign control records and leases with. */
@Command(
    name = "keygen",
    description = {
      "Makes a key: the gate signs control records and leases with NAME.signing.pem",
      "(gate.signing_key_file), engines check them with NAME.verify.pem (--control-key)."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice control keygen --out keys --name gate-2026",
      "  sluice control keygen --out keys --algorithm hmac-sha256"
    })
final class KeygenCommand implements Callable<Integer> {
  /** How to sign. */
  enum Algorithm {
    ED25519("ed25519"),
    HMAC_SHA256("hmac-sha256");

    private final String word;

    Algorithm(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "directory for the two files; nothing in it is overwritten")
  private Path directory;

  @Option(
      names = "--name",
      defaultValue = "gate",
      description = "what the files are called (default: ${DEFAULT-VALUE})")
  private String name;

  @Option(
      names = "--algorithm",
      defaultValue = "ed25519",
      description = {
        "ed25519: engines cannot sign with what they check with (default);",
        "hmac-sha256: one shared secret, which everybody who has it can sign with"
      })
  private Algorithm algorithm;

  @Override
  public Integer call() throws IOException {
    String text =
        switch (algorithm) {
          case ED25519 -> KeyFile.newEd25519();
          case HMAC_SHA256 -> KeyFile.newHmacSha256();
        };
    Path signing = directory.resolve(name + ".signing.pem");
    Path verify = directory.resolve(name + ".verify.pem");
    try {
      Files.createDirectories(directory);
      PrivateFiles.create(signing, text);
      PrivateFiles.create(verify, KeyFile.publicPart(text));
    } catch (FileAlreadyExistsException e) {
      throw CliException.usage(
          "there is a key of that name already", e.getMessage(), "take another --name or --out");
    }
    String id = KeyFile.verifying(verify).id();
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.println(
          Json.mapper()
              .writeValueAsString(
                  Map.of(
                      "key_id",
                      id,
                      "algorithm",
                      algorithm.toString(),
                      "signing",
                      signing.toString(),
                      "verify",
                      verify.toString())));
    } else {
      out.println("key " + id + " (" + algorithm + ")");
      out.println("  the gate alone: " + signing);
      out.println(
          "  every engine:   "
              + verify
              + (algorithm == Algorithm.HMAC_SHA256 ? " (secret too: it can sign)" : ""));
    }
    return ExitCodes.OK;
  }
}
