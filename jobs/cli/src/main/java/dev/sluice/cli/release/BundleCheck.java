// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.release;

import dev.sluice.cli.Cleanup;
import dev.sluice.cli.CliException;
import dev.sluice.cli.verify.FileHash;
import dev.sluice.flink.io.DatasetFiles;
import dev.sluice.flink.io.Locations;
import dev.sluice.rules.release.GateResult;
import dev.sluice.rules.release.ReleaseJudge;
import dev.sluice.schemas.codec.Json;
import dev.sluice.schemas.codec.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proves a bundle: every file is there and as it was, none was added, the id is that of the
 * contents, and the recorded readings judged again come to the recorded outcome.
 */
public final class BundleCheck {
  private final Path directory;
  private final List<String> problems = new ArrayList<>();

  /**
   * What was found.
   *
   * @param bundle null when there is no manifest that can be read
   * @param problems one sentence each, with the file; empty when it is what it was
   */
  public record Result(Bundle bundle, List<String> problems) {
    /** Nothing was deleted, altered or added. */
    public boolean ok() {
      return problems.isEmpty();
    }
  }

  private BundleCheck(Path directory) {
    this.directory = directory;
  }

  /**
   * Checks a bundle in a directory or below a URI; of the latter a copy is made first and deleted
   * after.
   *
   * @param id it must have; null for whichever it says it has
   */
  public static Result of(String where, String id) throws IOException {
    URI uri = Locations.uri(where);
    if ("file".equals(uri.getScheme())) {
      return local(where, Path.of(uri), id);
    }
    Path copy = Files.createTempDirectory("sluice-bundle-");
    try {
      DatasetFiles files = DatasetFiles.below(uri);
      for (DatasetFiles.Found file : files.below("", "")) {
        Path to = copy.resolve(file.path());
        Files.createDirectories(to.getParent());
        try (InputStream in = files.open(file.path())) {
          Files.copy(in, to);
        }
      }
      return local(where, copy, id);
    } finally {
      Cleanup.delete(copy);
    }
  }

  private static Result local(String where, Path directory, String id) throws IOException {
    Path manifest = directory.resolve(Bundle.MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw CliException.usage(
          "no bundle: there is no " + Bundle.MANIFEST, where, "give the --out of a gate run");
    }
    byte[] bytes = Files.readAllBytes(manifest);
    Bundle bundle;
    try {
      bundle = Json.read(bytes, Bundle.class);
    } catch (MalformedException e) {
      return new Result(null, List.of(Bundle.MANIFEST + " was altered: " + e.getMessage()));
    }
    BundleCheck check = new BundleCheck(directory);
    if (!Arrays.equals(bundle.json(), bytes)) {
      check.problems.add(Bundle.MANIFEST + " was altered: it is not as it is written");
    }
    check.files(bundle);
    check.id(bundle, id);
    if (check.problems.isEmpty()) {
      check.judgement(bundle.report());
    }
    return new Result(bundle, List.copyOf(check.problems));
  }

  private void files(Bundle bundle) throws IOException {
    Set<String> known = new HashSet<>(Set.of(Bundle.MANIFEST));
    for (Bundle.Part part : bundle.files()) {
      known.add(part.name());
      Path file = directory.resolve(part.name()).normalize();
      if (!file.startsWith(directory.normalize()) || !Files.isRegularFile(file)) {
        problems.add(part.name() + " is missing");
      } else if (!FileHash.of(Files.readAllBytes(file)).equals(part.sha256())) {
        problems.add(part.name() + " was altered");
      }
    }
    try (Stream<Path> there = Files.walk(directory)) {
      there
          .filter(path -> !Files.isDirectory(path))
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .filter(name -> !known.contains(name))
          .sorted()
          .forEach(name -> problems.add(name + " was added"));
    }
  }

  private void id(Bundle bundle, String wanted) {
    String computed = Bundle.id(bundle.report(), bundle.files());
    if (!computed.equals(bundle.bundleId())) {
      problems.add(
          Bundle.MANIFEST
              + " was altered: its contents have the id "
              + computed
              + ", it says "
              + bundle.bundleId());
    } else if (wanted != null && !computed.equals(wanted)) {
      problems.add("this is the bundle " + computed + ", not " + wanted);
    }
  }

  private void judgement(GateRunReport report) throws IOException {
    StageYaml gates = new StageYaml(directory.resolve(Bundle.GATES));
    Stage stage = gates.read(report.stage());
    Map<String, String> hashes = new LinkedHashMap<>();
    List<GateResult> results = new ArrayList<>();
    for (Stage.Entry entry : stage.entries()) {
      String name = Bundle.EVIDENCE + entry.gate().id() + ".json";
      try {
        byte[] json = Files.readAllBytes(directory.resolve(name));
        GateEvidence found = Json.read(json, GateEvidence.class);
        hashes.put(entry.gate().id(), FileHash.of(json));
        results.add(
            ReleaseJudge.judge(
                entry.gate(),
                GateRun.reading(entry, found),
                report.provenance(),
                report.asOfUs(),
                report.waivers()));
      } catch (MalformedException | java.nio.file.NoSuchFileException e) {
        problems.add(name + " is no evidence of `" + entry.gate().id() + "`");
        return;
      }
    }
    List<GateRunReport.Gate> again = GateLines.of(stage, results, hashes);
    compare(report, again);
    if (ReleaseJudge.go(results) != report.go()) {
      problems.add(
          "judged again it is " + (report.go() ? "NO-GO" : "GO") + ", not " + report.decision());
    }
  }

  private void compare(GateRunReport report, List<GateRunReport.Gate> again) {
    if (again.size() != report.gates().size()) {
      problems.add(
          "the gates' files have " + again.size() + " gates, the report " + report.gates().size());
      return;
    }
    for (int g = 0; g < again.size(); g++) {
      GateRunReport.Gate said = report.gates().get(g);
      if (!again.get(g).equals(said)) {
        problems.add(
            "the gate `"
                + said.id()
                + "` judged again is "
                + again.get(g).outcome()
                + " ("
                + again.get(g).reason()
                + "), the report says "
                + said.outcome());
      }
    }
  }
}
