// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.EpochStoreException;
import dev.sluice.engine.gate.edge.FileEpochStore.Line;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.RolloutState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEpochStoreTest {
  private static final AppliedControl FIRST = new AppliedControl(7, "aaaa", Mode.PAUSE);
  private static final AppliedControl SECOND = new AppliedControl(8, "bbbb", Mode.HALT);
  private static final AppliedControl THIRD = new AppliedControl(9, "cccc", Mode.RUN);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void locate() {
    file = directory.resolve("state").resolve("epoch");
  }

  @Test
  void remembersTheNewestOverRestarts() {
    assertThat(load()).isEqualTo(AppliedControl.NONE);
    for (AppliedControl applied : new AppliedControl[] {FIRST, SECOND, THIRD}) {
      save(applied);
      assertThat(load()).isEqualTo(applied);
    }
    try (FileEpochStore store = new FileEpochStore(file)) {
      store.load();
      for (int i = 10; i < 30; i++) {
        store.save(new AppliedControl(i, "d" + i, Mode.RUN));
      }
    }
    assertThat(load().epoch()).isEqualTo(29);
  }

  /** A save cut off after any number of bytes leaves the record before it, or the new one. */
  @Test
  void aCrashInTheMiddleOfASaveLosesAtMostThatSave() throws IOException {
    save(FIRST);
    save(SECOND);
    byte[] before = Files.readAllBytes(file);
    byte[] line = FileEpochStore.format(new Line(3, THIRD));
    for (int written = 0; written <= line.length; written++) {
      byte[] torn = before.clone();
      System.arraycopy(line, 0, torn, (int) FileEpochStore.position(3), written);
      Files.write(file, torn);
      assertThat(load()).as("after %d bytes", written).isIn(SECOND, THIRD);
    }
    assertThat(load()).isEqualTo(THIRD);
  }

  @Test
  void aSaveTornWithGarbageLosesAtMostThatSave() throws IOException {
    Random random = new Random(3);
    save(FIRST);
    save(SECOND);
    byte[] before = Files.readAllBytes(file);
    byte[] noise = new byte[FileEpochStore.LINE_BYTES];
    for (int i = 0; i < 50; i++) {
      random.nextBytes(noise);
      byte[] torn = before.clone();
      System.arraycopy(noise, 0, torn, (int) FileEpochStore.position(3), noise.length);
      Files.write(file, torn);
      assertThat(load()).isEqualTo(SECOND);
    }
  }

  @Test
  void aFileWithoutAnyReadableLineIsRefused() throws IOException {
    save(FIRST);
    Files.writeString(file, "rubbish");
    assertThatThrownBy(this::load).isInstanceOf(EpochStoreException.class);
    Files.write(file, new byte[0]);
    assertThatThrownBy(this::load).isInstanceOf(EpochStoreException.class);
  }

  @Test
  void anUnreadableFileIsHealedByTheNextSave() throws IOException {
    save(FIRST);
    Files.writeString(file, "rubbish");
    save(SECOND);
    assertThat(load()).isEqualTo(SECOND);
  }

  @Test
  void twoProcessesCannotBeTheSameEngine() {
    try (FileEpochStore store = new FileEpochStore(file)) {
      assertThat(store.load()).isEqualTo(AppliedControl.NONE);
      assertThatThrownBy(() -> new FileEpochStore(file)).isInstanceOf(EpochStoreException.class);
    }
  }

  @Test
  void remembersTheStageOfATrialWithNamesAsLongAsTheyMayBe() {
    AppliedControl applied =
        new AppliedControl(
            Long.MAX_VALUE,
            "d".repeat(64),
            Mode.REDUCE_ONLY,
            RolloutState.rolledBack("t".repeat(64)),
            Long.MAX_VALUE,
            flags(32));
    save(applied);
    assertThat(load()).isEqualTo(applied);
  }

  @Test
  void fileOfAProgramThatKnewNoTrialsIsRead() throws IOException {
    save(FIRST);
    byte[] json =
        "{\"serial\":9,\"applied\":{\"epoch\":4,\"decision_id\":\"old\",\"mode\":\"PAUSE\"}}"
            .getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(json);
    byte[] line = new byte[FileEpochStore.LINE_BYTES];
    Arrays.fill(line, (byte) ' ');
    line[line.length - 1] = '\n';
    byte[] checksum =
        String.format(Locale.ROOT, "%08x", crc.getValue()).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(checksum, 0, line, 0, checksum.length);
    System.arraycopy(json, 0, line, checksum.length + 1, json.length);
    byte[] all = Files.readAllBytes(file);
    System.arraycopy(line, 0, all, (int) FileEpochStore.position(9), line.length);
    Files.write(file, all);
    assertThat(load()).isEqualTo(new AppliedControl(4, "old", Mode.PAUSE));
    assertThat(load().rollout()).isEqualTo(RolloutState.NONE);
  }

  @Test
  void fileOfShorterLinesIsReplacedWhenItIsOpened() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, shorterLines(SECOND));
    assertThat(load()).isEqualTo(SECOND);
    assertThat(Files.size(file)).isEqualTo(2L * FileEpochStore.LINE_BYTES);
    AppliedControl later =
        new AppliedControl(10, "dddd", Mode.RUN, RolloutState.NONE, null, flags(9));
    save(later);
    assertThat(load()).isEqualTo(later);
  }

  @Test
  void fileOfShorterLinesThatCannotBeReadIsRefusedAsBefore() throws IOException {
    Files.createDirectories(file.getParent());
    byte[] rubbish = new byte[2 * FileEpochStore.OLD_LINE_BYTES];
    Files.write(file, rubbish);
    assertThatThrownBy(this::load).isInstanceOf(EpochStoreException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(rubbish);
    save(SECOND);
    assertThat(load()).isEqualTo(SECOND);
  }

  /** As the program before wrote them: the newest save, number 9, on the second line. */
  private static byte[] shorterLines(AppliedControl applied) {
    byte[] line = FileEpochStore.format(new Line(9, applied));
    byte[] both = new byte[2 * FileEpochStore.OLD_LINE_BYTES];
    Arrays.fill(both, (byte) ' ');
    both[FileEpochStore.OLD_LINE_BYTES - 1] = '\n';
    both[both.length - 1] = '\n';
    System.arraycopy(
        line, 0, both, FileEpochStore.OLD_LINE_BYTES, FileEpochStore.OLD_LINE_BYTES - 1);
    return both;
  }

  private static Map<String, Boolean> flags(int count) {
    Map<String, Boolean> flags = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      flags.put("a_flag_with_a_rather_long_name_" + i, i % 2 == 0);
    }
    return flags;
  }

  @Test
  void aPersonCanReadIt() throws IOException {
    save(SECOND);
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("HALT").contains("bbbb");
  }

  private void save(AppliedControl applied) {
    try (FileEpochStore store = new FileEpochStore(file)) {
      try {
        store.load();
      } catch (EpochStoreException e) {
        assertThat(e).hasMessageContaining("no readable epoch");
      }
      store.save(applied);
      store.force();
    }
  }

  private AppliedControl load() {
    try (FileEpochStore store = new FileEpochStore(file)) {
      return store.load();
    }
  }
}
