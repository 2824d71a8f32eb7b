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
   * Saves durably: after return a crash cannot undo it.
   *
   * @throws EpochStoreException when it could not be made durable
   */
  void save(AppliedControl applied);

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
    };
  }
}
