// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.cli.CliException;
import dev.sluice.cli.verify.FileHash;
import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.rules.spec.Sha256;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The evidence of one run as files that prove themselves: their names are for people, their
 * contents make the bundle's id.
 *
 * @param bundleId SHA-256 over the sorted hashes of all contents, the report's among them
 */
public record Bundle(String schema, String bundleId, GateRunReport report, List<Part> files) {
  public static final String SCHEMA = "gate_bundle.v1";

  /** Name of the file that lists the others. */
  public static final String MANIFEST = "manifest.json";

  /** Where the files of the gates are in it. */
  static final String GATES = "gates/";

  /** Where the evidence is. */
  static final String EVIDENCE = "evidence/";

  /** One file. */
  public record Part(String name, String sha256, long bytes) {}

  /** Keeps its own copy. */
  public Bundle {
    files = List.copyOf(files);
  }

  /** The files of a run by name, without the manifest. */
  static Map<String, byte[]> contents(
      GateRun.Outcome outcome, StageYaml gates, GateSettings settings) {
    Map<String, byte[]> files = new TreeMap<>();
    outcome
        .evidence()
        .forEach((gate, evidence) -> files.put(EVIDENCE + gate + ".json", evidence.json()));
    outcome
        .report()
        .gateFiles()
        .keySet()
        .forEach(name -> files.put(GATES + name + ".yaml", GateRun.bytes(gates.file(name))));
    if (settings.flags() != null) {
      files.put("flags.json", settings.flags().content());
    }
    files.put("report.md", GateText.markdown(outcome.report()).getBytes(StandardCharsets.UTF_8));
    files.put("report.html", GatePage.of(outcome.report()).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The manifest of these files. */
  static Bundle of(GateRunReport report, Map<String, byte[]> files) {
    List<Part> parts = new ArrayList<>();
    files.forEach((name, bytes) -> parts.add(new Part(name, FileHash.of(bytes), bytes.length)));
    return new Bundle(SCHEMA, id(report, parts), report, parts);
  }

  /** The id that these contents have. */
  static String id(GateRunReport report, List<Part> files) {
    return Sha256.hex(
        String.join(
            "\n",
            Stream.concat(
                    Stream.of(FileHash.of(Json.write(report))), files.stream().map(Part::sha256))
                .sorted()
                .toList()));
  }

  byte[] json() {
    try {
      return (Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write the manifest", e);
    }
  }

  /**
   * Writes a bundle; the manifest last, so that a bundle without one is none.
   *
   * @param where a directory that is empty or not there, or such a URI
   */
  public static Bundle write(
      String where, GateRun.Outcome outcome, StageYaml gates, GateSettings settings)
      throws IOException {
    DatasetFiles to = DatasetFiles.below(where);
    if (!to.below("", "").isEmpty()) {
      throw CliException.usage("the bundle's place is not empty", where, "give another --out");
    }
    Map<String, byte[]> files = contents(outcome, gates, settings);
    Bundle bundle = of(outcome.report(), files);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      to.write(file.getKey(), file.getValue());
    }
    to.write(MANIFEST, bundle.json());
    return bundle;
  }
}
