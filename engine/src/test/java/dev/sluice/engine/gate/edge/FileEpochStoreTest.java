// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.gate.AppliedControl;
import dev.sluice.engine.gate.EpochStoreException;
import dev.sluice.engine.gate.edge.FileEpochStore.Line;
import dev.sluice.schemas.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
