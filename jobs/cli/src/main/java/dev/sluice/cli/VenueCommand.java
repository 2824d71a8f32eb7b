// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.engine.app.KafkaOptions;
import dev.sluice.engine.app.WallClock;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.exchange.VenueServer;
import dev.sluice.engine.exchange.VenueSettings;
import dev.sluice.engine.kafka.KafkaCheck;
import dev.sluice.engine.kafka.KafkaEventSink;
import dev.sluice.engine.market.CaptureFeed;
import dev.sluice.engine.market.MarketDataFeed;
import dev.sluice.engine.market.ShiftedFeed;
import dev.sluice.engine.market.SimulatedFeed;
import dev.sluice.engine.sim.PaperVenue;
import dev.sluice.engine.sim.PaperVenueSettings;
import dev.sluice.engine.sim.VenueIdentity;
import dev.sluice.engine.sim.VenueLatency;
import dev.sluice.engine.sim.VenuePublisher;
import dev.sluice.schemas.DropCopy;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.codec.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice venue}: the paper exchange as a process of its own, on the wall clock. */
@Command(
    name = "venue",
    description = {
      "Runs the paper exchange as a process of its own, on the wall clock, until Ctrl-C:",
      "orders by REST, execution reports and market data by WebSocket.",
      "An engine trades there with 'sluice engine --venue URL'; the two restart independently.",
      "Drop copy and ledger go to Kafka; --bootstrap none goes without.",
      "It keeps nothing on disk: a venue that is started again has a fresh account."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice venue --bootstrap none                  http://127.0.0.1:9200, nothing to Kafka",
      "  sluice venue --bootstrap kafka-1:9093 --kafka-properties venue.properties",
      "  sluice venue --symbols BTCUSDT,ETHUSDT --engine-id mm-1",
      "  sluice venue --port 0 --output json            prints {\"url\": …} once it serves",
      "  curl http://127.0.0.1:9200/orders"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended in order",
      "2:wrong use",
      "3:the surroundings failed (port taken, Kafka not reachable, captures unreadable)"
    })
final class VenueCommand implements Callable<Integer> {
  private static final String NO_KAFKA = "none";
  private static final Duration KAFKA_WAIT = Duration.ofSeconds(10);
  private static final long END_S = 15;
  private static final double REJECT_RATIO = 0.001;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      defaultValue = "9200",
      description = "port; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "address to listen on (default: ${DEFAULT-VALUE}); nobody is asked who they are, so"
              + " leave it on loopback unless you trust the network")
  private String host;

  @Option(
      names = "--symbols",
      paramLabel = "A,B",
      split = ",",
      description = "what it trades, in a simulated market (default: SIMUSDT)")
  private List<String> symbols = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      arity = "1..*",
      description = "plays these captures from now on instead of a simulated market")
  private List<Path> data = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "seed of everything random (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--account",
      defaultValue = "paper",
      description = "whose orders these are (default: ${DEFAULT-VALUE})")
  private String account;

  @Option(
      names = "--engine-id",
      paramLabel = "ID",
      defaultValue = "mm-1",
      description = "engine whose venue this is, in drop copy and ledger (default: mm-1)")
  private String engineId;

  @Mixin private KafkaOptions kafka;
  @Mixin private OutputOption output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!data.isEmpty() && !symbols.isEmpty()) {
      throw CliException.usage(
          "captures hold their own symbols", "--symbols", "leave out --symbols or --data");
    }
    VenueSettings settings = VenueSettings.on(host, port);
    WallClock clock = WallClock.start();
    long startUs = clock.nowUs();
    CountDownLatch ended = new CountDownLatch(1);
    try (KafkaEventSink sink = sink();
        MarketDataFeed feed = feed(startUs);
        VenueServer server = serve(sink, feed, clock, startUs, settings)) {
      Thread hook = new Thread(() -> end(server, ended), "venue-shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
      tell(server);
      server.awaitEnd();
      if (server.failure() != null) {
        throw CliException.environment(
            "the venue cannot go on: " + server.failure().getMessage(),
            server.url().toString(),
            "mend the cause and start it again",
            null);
      }
      return ExitCodes.OK;
    } finally {
      ended.countDown();
    }
  }

  /** On a signal: no more orders, and the JVM waits until Kafka has what was said. */
  private static void end(VenueServer server, CountDownLatch ended) {
    server.close();
    try {
      ended.await(END_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private KafkaEventSink sink() {
    if (kafka.servers().equals(NO_KAFKA)) {
      return null;
    }
    try {
      KafkaCheck.reachable(kafka.access(), KAFKA_WAIT);
    } catch (KafkaCheck.UnreachableException e) {
      throw CliException.environment(
          e.getMessage(),
          "--bootstrap",
          "start one with 'sluice broker', or go without: --bootstrap none",
          e);
    }
    return new KafkaEventSink(kafka.access(), engineId, EngineConfig.Outbox.defaults());
  }

  private MarketDataFeed feed(long startUs) throws IOException {
    if (!data.isEmpty()) {
      return new ShiftedFeed(new CaptureFeed(data), startUs);
    }
    List<String> traded = symbols.isEmpty() ? EngineConfig.defaults().symbols() : symbols;
    return SimulatedFeed.ofDefaults(traded, seed, startUs);
  }

  private VenueServer serve(
      KafkaEventSink sink,
      MarketDataFeed feed,
      WallClock clock,
      long startUs,
      VenueSettings settings) {
    String runId = "v" + Long.toString(startUs / 1_000L, Character.MAX_RADIX);
    // The way to this venue is a real one: none is modelled.
    PaperVenueSettings behaviour =
        PaperVenueSettings.defaults(feed.symbols())
            .withBehaviour(VenueLatency.fixed(0), VenueLatency.fixed(0), 0, REJECT_RATIO);
    PaperVenue venue =
        new PaperVenue(
            behaviour,
            new VenueIdentity(engineId, runId, Source.PAPER, account),
            sink == null ? new Nowhere() : sink,
            seed,
            startUs);
    try {
      return VenueServer.start(venue, feed, runId, account, clock::nowUs, settings);
    } catch (IOException e) {
      throw CliException.environment(
          e.getMessage(), "--port " + port, "take another --port, or 0 for a free one", e);
    }
  }

  private void tell(VenueServer server) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (!InetAddress.getByName(host).isLoopbackAddress()) {
      spec.commandLine()
          .getErr()
          .println("sluice: warning: whoever reaches " + host + " may trade here");
    }
    if (output.json()) {
      out.println(Json.mapper().writeValueAsString(Map.of("url", server.url().toString())));
    } else {
      out.println("the venue serves at " + server.url() + "; stop with Ctrl-C");
    }
    out.flush();
  }

  /** For a venue that nobody listens to but its engine. */
  private static final class Nowhere implements VenuePublisher {
    @Override
    public void dropCopy(DropCopy dropCopy) {}

    @Override
    public void ledger(Ledger ledger) {}
  }
}
