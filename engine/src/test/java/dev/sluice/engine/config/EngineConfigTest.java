// SPDX-License-Identifier: Apache-2.0
package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineConfigTest {
  @Test
  void shippedFileHoldsEveryKeyWithItsDefault() throws Exception {
    Path file = repositoryRoot().resolve("config/engine.yaml");
    assertThat(EngineConfigLoader.load(file, List.of())).isEqualTo(EngineConfig.defaults());
    var tree = StrictYaml.parse(Files.readString(file), "engine.yaml");
    assertEveryKey(tree, EngineConfig.class, "");
  }

  @Test
  void emptyFileGivesTheDefaults() {
    assertThat(EngineConfigLoader.parse("", "empty", List.of())).isEqualTo(EngineConfig.defaults());
  }

  @Test
  void everyDefaultIsPinned() {
    assertThat(EngineConfig.defaults())
        .hasToString(
            "EngineConfig[engineId=mm-1, account=paper, buildId=dev, seed=42, ticksPerSecond=2.0,"
                + " cadence=TIMER, deadlineMs=150, startEquity=100000.0, symbols=[SIMUSDT],"
                + " flags=Flags[pipeline=true, mdCache=true, adaptiveSpread=true, queueAware=true,"
                + " inventorySkew=true, takerCap=true, asyncBatch=true, fastCancel=true,"
                + " queueEta=false],"
                + " mdCache=MdCache[ttlMs=5000, pricingLimitMs=8000, refreshMs=20,"
                + " invalidateMoveBps=1.5], spread=Spread[fixedHalfBps=3.0, baseHalfBps=1.5,"
                + " minHalfBps=1.0, maxHalfBps=50.0, volatilityWeight=0.15, liquidityWeight=0.5,"
                + " latencyWeight=0.5, lossWeight=0.2, referenceDepth=5000.0],"
                + " inventory=Inventory[maxSkewBps=3.0, sizeDecay=0.9],"
                + " queueAware=QueueAware[keepRatio=0.5, keepWithinBps=4.0, nudgeRatio=20.0,"
                + " nudgeAfterMs=30000, maxEtaMs=120000], quotes=Quotes[notional=500.0, requoteBps=2.0,"
                + " minLifeMs=5000, maxAgeMs=240000], taker=Taker[maxShare=0.08, windowMs=3600000,"
                + " hedgeTrigger=0.3, hedgeTarget=0.1, cooldownMs=10000],"
                + " guards=Guards[staleAfterMs=60000, maxLatencyMs=500, moveThroughBps=6.0],"
                + " caps=Caps[maxPosition=5000.0, maxDailyLossRatio=0.05, maxOrdersPerSecond=20],"
                + " breaker=Breaker[errors=5, windowMs=10000, coolDownMs=30000, statusPollMs=1000],"
                + " latencyModel=LatencyModel[fetchHitMs=4.0, fetchMissMs=18.0, spreadMs=6.0,"
                + " guardsMs=2.0, inventoryMs=2.0, queueAwareMs=4.0, emitMs=9.0, sigma=0.25,"
                + " spikeRatio=0.005], memoryModel=MemoryModel[baseMb=220.0, rampMb=90.0,"
                + " rampTauMs=600000, noiseMb=1.0], outbox=Outbox[tickCapacity=50000,"
                + " hardCapacity=100000, lingerMs=1, compression=lz4]]");
  }

  @Test
  void unknownKeyNamesFileKeyAndNearestWord() {
    assertThatThrownBy(
            () -> EngineConfigLoader.parse("md_cache: {tll: 5s}", "engine.yaml", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage("engine.yaml: unknown key 'md_cache.tll'; did you mean 'ttl'?");
  }

  @Test
  void doubledKeyIsRefused() {
    assertThatThrownBy(() -> EngineConfigLoader.parse("seed: 1\nseed: 2\n", "f", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Duplicate");
  }

  @Test
  void wrongTypesAndImpossibleValuesNameTheirKey() {
    assertRefused("seed: abc", "f: seed: 'abc' is no number");
    assertRefused("seed: 1.5", "f: seed: '1.5' is no whole number");
    assertRefused("deadline: 150", "'150' is no duration");
    assertRefused("flags: {pipeline: maybe}", "f: flags.pipeline: 'maybe' is not true or false");
    assertRefused("cadence: TIMMER", "unknown value 'TIMMER'; did you mean 'TIMER'?");
    assertRefused("md_cache: {ttl: 9s}", "f: md_cache: pricing_limit must be at least ttl");
    assertRefused("symbols: []", "symbols must hold 1 to 64 names");
    assertRefused("spread: 3", "f: spread must hold keys and values");
  }

  @Test
  void settingsOverrideTheFile() {
    EngineConfig config =
        EngineConfigLoader.parse(
            "seed: 1", "f", List.of("seed=2", "flags.md_cache=false", "symbols=[A, B]"));
    assertThat(config.seed()).isEqualTo(2);
    assertThat(config.flags().mdCache()).isFalse();
    assertThat(config.flags().pipeline()).isTrue();
    assertThat(config.symbols()).containsExactly("A", "B");
    assertThatThrownBy(() -> EngineConfigLoader.parse("", "f", List.of("seed")))
        .hasMessageContaining("key=value");
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> EngineConfigLoader.parse(yaml, "f", List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private static void assertEveryKey(
      com.fasterxml.jackson.databind.JsonNode node, Class<?> type, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = StrictYaml.key(component);
      assertThat(node.has(key)).as("config/engine.yaml: " + path + key).isTrue();
      if (component.getType().isRecord()) {
        assertEveryKey(node.get(key), component.getType(), path + key + ".");
      }
    }
  }

  private static Path repositoryRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("config/engine.yaml"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
