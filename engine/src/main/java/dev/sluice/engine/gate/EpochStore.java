// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.gate;

/** Remembers the last applied control record over restarts. Called from the engine's thread. */
public interface EpochStore {
  /**
   * The last record saved, {@link AppliedControl#NONE} when there never was one.
   *
   * @throws EpochStoreException when something is there but cannot be trusted
   */
  AppliedControl load();

  /**
   * Saves: after return the end of this process, however it ends, cannot undo it.
   *
   * @throws EpochStoreException when it could not be saved
   */
  void save(AppliedControl applied);

  /**
   * Makes what was saved outlive the machine as well. Called after each save, once the
   * acknowledgements are on their way; may take as long as the disk does.
   *
   * @throws EpochStoreException when it could not be made durable
   */
  void force();

  /** Remembers nothing, for tests and benches. */
  static EpochStore forgetful() {
    return new EpochStore() {
      @Override
      public AppliedControl load() {
        return AppliedControl.NONE;
      }

      @Override
      public void save(AppliedControl applied) {
        // Forgotten on purpose.
      }

      @Override
      public void force() {
        // Nothing was saved.
      }
    };
  }
}
