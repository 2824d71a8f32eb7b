// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.ExitCodes;
import dev.sluice.cli.Home;
import dev.sluice.cli.Main;
import dev.sluice.cli.control.CommandOutcome;
import dev.sluice.cli.control.ControlDesk;
import dev.sluice.cli.flink.EmbeddedFlink;
import dev.sluice.cli.kafka.CommandSender;
import dev.sluice.engine.app.WallClock;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.gate.EpochStore;
import dev.sluice.engine.gate.GateClient;
import dev.sluice.engine.gate.GateClientSettings;
import dev.sluice.engine.gate.GateIdentity;
import dev.sluice.engine.gate.OpenWork;
import dev.sluice.engine.gate.edge.ControlTrust;
import dev.sluice.engine.gate.edge.KafkaControlLink;
import dev.sluice.engine.gate.edge.Refusal;
import dev.sluice.engine.kafka.KafkaAccess;
import dev.sluice.engine.kafka.KafkaCheck;
import dev.sluice.engine.kafka.KafkaEventSink;
import dev.sluice.flink.app.AllJobs;
import dev.sluice.flink.config.SluiceConfig;
import dev.sluice.schemas.Book;
import dev.sluice.schemas.CommandAction;
import dev.sluice.schemas.Ledger;
import dev.sluice.schemas.Mode;
import dev.sluice.schemas.SnapshotStatus;
import dev.sluice.schemas.Source;
import dev.sluice.schemas.Topics;
import dev.sluice.schemas.signature.KeyFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks who is there: each role may do what the recipe says, and nothing else. */
class SecuredBrokerTest {
  private static final Set<String> ALL =
      Topics.ALL.stream().map(Topics.Spec::name).collect(Collectors.toCollection(TreeSet::new));

  private static final Map<String, Map<String, Set<AclOperation>>> rights = new HashMap<>();

  @TempDir private static Path directory;
  private static BrokerSecurity security;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    security = BrokerSecurity.in(directory.resolve("keys"));
    broker =
        EmbeddedBroker.start(BrokerOptions.in(directory.resolve("broker")).securedBy(security));
    try (TopicsAdmin topics = new TopicsAdmin(as(BrokerSecurity.ADMIN))) {
      topics.create(1, (short) 1);
    }
    assertThat(acls("--check")).as("nothing is there yet").isEqualTo(ExitCodes.FAILED);
    assertThat(acls("--apply")).isEqualTo(ExitCodes.OK);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void eachRoleMayDoWhatTheRecipeSaysAndNothingElse() throws Exception {
    Set<String> engineStreams =
        Set.of(Topics.TICKS, Topics.ORDERS, Topics.FILLS, Topics.HEALTH, Topics.LEDGER);
    assertThat(may("engine", AclOperation.WRITE)).containsAll(engineStreams).contains(Topics.ACKS);
    assertThat(may("engine", AclOperation.WRITE)).hasSize(engineStreams.size() + 1);
    assertThat(may("engine", AclOperation.READ)).containsOnly(Topics.CONTROL, Topics.LEASES);
    assertThat(may("operator", AclOperation.WRITE)).containsOnly(Topics.COMMANDS, Topics.CRITERIA);
    assertThat(may("operator", AclOperation.READ)).isEqualTo(ALL);
    assertThat(may("venue", AclOperation.WRITE)).containsOnly(Topics.DROPCOPY, Topics.LEDGER);
    assertThat(may("venue", AclOperation.READ)).isEmpty();
    assertThat(may("reader", AclOperation.WRITE)).isEmpty();
    assertThat(may("reader", AclOperation.READ)).isEqualTo(ALL);
    assertThat(may("gate", AclOperation.WRITE))
        .contains(Topics.CONTROL, Topics.LEASES, Topics.VERDICTS, Topics.BUCKETS)
        .doesNotContain(Topics.COMMANDS, Topics.ACKS, Topics.TICKS, Topics.DROPCOPY);
    for (String topic : List.of(Topics.CONTROL, Topics.LEASES)) {
      assertThat(writers(topic)).as(topic).containsExactly("admin", "gate");
    }
    assertThat(writers(Topics.COMMANDS)).containsExactly("admin", "operator");
    for (String user : BrokerSecurity.USERS) {
      if (!user.equals(BrokerSecurity.ADMIN)) {
        assertThat(may(user, AclOperation.ALTER)).as(user).isEmpty();
        assertThat(may(user, AclOperation.DELETE)).as(user).isEmpty();
      }
    }
  }

  @Test
  void aRightThatSomebodyAddsIsFound() throws Exception {
    assertThat(acls("--check")).isEqualTo(ExitCodes.OK);
    List<AclBinding> more = new AclRecipe("sluice").gate(List.of("User:mallory")).bindings();
    try (AclsAdmin admin = new AclsAdmin(as(BrokerSecurity.ADMIN));
        Admin kafka = Admin.create(as(BrokerSecurity.ADMIN).client(Map.of()))) {
      admin.create(more);
      assertThat(acls("--check")).isEqualTo(ExitCodes.FAILED);
      kafka
          .deleteAcls(more.stream().map(AclBinding::toFilter).toList())
          .all()
          .get(10, TimeUnit.SECONDS);
    }
    assertThat(acls("--check")).isEqualTo(ExitCodes.OK);
  }

  @Test
  void nobodyComesInWithoutAPasswordOrWithAWrongOne() throws Exception {
    KafkaAccess plain = KafkaAccess.plain(broker.bootstrapServers());
    assertThatThrownBy(() -> KafkaCheck.reachable(plain, Duration.ofSeconds(2)))
        .hasMessageContaining("if it asks for TLS");
    String right = Files.readString(security.clientFile("engine"));
    Path wrong = directory.resolve("wrong.properties");
    Files.writeString(wrong, right.replaceAll("password=\"..", "password=\"xx"));
    String error =
        sluice(
            ExitCodes.ENVIRONMENT,
            "topics",
            "list",
            "--bootstrap",
            broker.bootstrapServers(),
            "--kafka-properties",
            wrong.toString());
    assertThat(error).contains("uthentication").contains("chmod 600").doesNotContain("password=");
    Map<String, String> noUser = new HashMap<>(as("engine").properties());
    noUser.remove("sasl.jaas.config");
    noUser.put("security.protocol", "SSL");
    assertThatThrownBy(
            () ->
                KafkaCheck.reachable(
                    new KafkaAccess(broker.bootstrapServers(), noUser), Duration.ofSeconds(2)))
        .isInstanceOf(KafkaCheck.UnreachableException.class);
    KafkaCheck.reachable(as("engine"), Duration.ofSeconds(10));
  }

  @Test
  void aReaderGivesNoCommand() {
    String error =
        sluice(
            ExitCodes.ENVIRONMENT,
            "control",
            "halt",
            "--engine",
            "mm-1",
            "--who",
            "eve",
            "--why",
            "a test",
            "--bootstrap",
            broker.bootstrapServers(),
            "--kafka-properties",
            security.clientFile("reader").toString());
    assertThat(error)
        .contains("this user may not write " + Topics.COMMANDS)
        .contains("topics acls");
  }

  @Test
  void keysAndPasswordsAreTheOwnersAlone() throws Exception {
    for (String name : List.of("engine.properties", "gate.password", "broker.p12")) {
      assertThat(mode(directory.resolve("keys").resolve(name))).as(name).isEqualTo("rw-------");
    }
    assertThat(mode(directory.resolve("broker").resolve("server.properties")))
        .isEqualTo("rw-------");
  }

  /** The real edges of jobs, engine and operator, with signed control on top. */
  @Test
  void jobsEngineAndOperatorWorkOverItAndForgedControlIsRefused() throws Exception {
    String key = KeyFile.newEd25519();
    Path signing = Files.writeString(directory.resolve("gate.signing.pem"), key);
    Path verify = Files.writeString(directory.resolve("gate.verify.pem"), KeyFile.publicPart(key));
    WallClock wall = WallClock.start();
    AtomicBoolean stopped = new AtomicBoolean();
    try (EmbeddedFlink flink = jobs(signing);
        KafkaEventSink sink =
            new KafkaEventSink(as("engine"), "mm-1", EngineConfig.Outbox.defaults());
        KafkaControlLink link =
            new KafkaControlLink(
                as("engine"), "mm-1", ControlTrust.of(KeyFile.verifying(verify)), wall::nowUs);
        ControlDesk desk = new ControlDesk(as("operator"))) {
      sink.ledger(ledger());
      assertThat(sink.flush(Duration.ofSeconds(10))).isTrue();
      assertThat(sink.dropped()).isZero();
      GateClient gate =
          new GateClient(
              new GateIdentity("mm-1", "r1", Source.LIVE),
              GateClientSettings.defaults(),
              EpochStore.forgetful(),
              link);
      Thread engine = new Thread(() -> obey(link, gate, wall, stopped), "engine");
      engine.start();
      try {
        CommandOutcome halted =
            desk.order(
                CommandSender.of("mm-1", CommandAction.HALT, null, null, "ana", "a test"),
                Duration.ofSeconds(60));
        assertThat(halted.ok()).as("%s %s", halted, flink.failure()).isTrue();
        assertThat(halted.mode()).isEqualTo(Mode.HALT);
        assertThat(link.refusedRecords()).isEmpty();
        byte[] forged = "{\"schema\":\"control.v1\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> send("engine", Topics.CONTROL, forged))
            .isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> send("operator", Topics.LEASES, forged))
            .isInstanceOf(TopicAuthorizationException.class);
        send("gate", Topics.CONTROL, forged); // may, and yet has no key
        await().atMost(Duration.ofSeconds(20)).until(() -> !link.refusedRecords().isEmpty());
        assertThat(link.refusedRecords()).isEqualTo(Map.of(Refusal.UNSIGNED, 1L));
      } finally {
        stopped.set(true);
        engine.join();
      }
      assertThat(gate.applied().mode()).isEqualTo(Mode.HALT);
      assertThat(link.lostAcks()).isZero();
      assertThat(flink.failures()).isZero();
    }
  }

  private static EmbeddedFlink jobs(Path signingKey) {
    SluiceConfig config =
        SluiceConfig.load(
                Home.find().resolve("config").resolve("sluice.yaml"),
                List.of(
                    "kafka.bootstrap=" + broker.bootstrapServers(),
                    "flink.checkpoint.dir=" + directory.resolve("checkpoints"),
                    "flink.checkpoint.interval=1s",
                    "datasets.dir=" + directory.resolve("datasets"),
                    "gate.signing_key_file=" + signingKey))
            .withKafkaClient(as("gate").properties());
    return EmbeddedFlink.start(
        new EmbeddedFlink.Options("secured", 1, 0, Optional.empty()),
        env -> AllJobs.define(env, config));
  }

  private static void obey(
      KafkaControlLink link, GateClient gate, WallClock wall, AtomicBoolean stopped) {
    try {
      while (!stopped.get()) {
        link.await(20, TimeUnit.MILLISECONDS);
        link.poll(gate);
        gate.doWork(wall.nowUs(), wall.nowUs(), OpenWork.NONE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Ledger ledger() {
    long nowUs = System.currentTimeMillis() * 1_000;
    return new Ledger(
        Ledger.SCHEMA,
        "mm-1",
        "r1",
        1,
        nowUs,
        Source.LIVE,
        Book.ENGINE,
        "paper",
        nowUs,
        SnapshotStatus.OK,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static void send(String user, String topic, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            as(user).client(Map.of("max.block.ms", 10_000)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, "mm-1".getBytes(UTF_8), value))
          .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static Set<String> may(String user, AclOperation operation) throws Exception {
    if (!rights.containsKey(user)) {
      rights.put(user, rights(user));
    }
    return rights.get(user).entrySet().stream()
        .filter(right -> right.getValue().contains(operation))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the broker itself says the user may do, by topic. */
  private static Map<String, Set<AclOperation>> rights(String user) throws Exception {
    Map<String, Set<AclOperation>> operations = new HashMap<>();
    try (Admin admin = Admin.create(as(user).client(Map.of()))) {
      Map<String, KafkaFuture<TopicDescription>> answers =
          admin
              .describeTopics(ALL, new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
        try {
          TopicDescription topic = answer.getValue().get(10, TimeUnit.SECONDS);
          operations.put(answer.getKey(), topic.authorizedOperations());
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
        }
      }
    }
    return operations;
  }

  private static List<String> writers(String topic) throws Exception {
    List<String> writers = new ArrayList<>();
    for (String user : BrokerSecurity.USERS) {
      if (may(user, AclOperation.WRITE).contains(topic)) {
        writers.add(user);
      }
    }
    return writers;
  }

  private static int acls(String option) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("topics", "acls", option));
    for (String role : List.of("gate", "operator", "engine", "venue", "reader")) {
      arguments.addAll(List.of("--" + role, "User:" + role));
    }
    arguments.addAll(List.of("--bootstrap", broker.bootstrapServers()));
    arguments.addAll(
        List.of("--kafka-properties", security.clientFile(BrokerSecurity.ADMIN).toString()));
    int code =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    return code;
  }

  private static String sluice(int expected, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments))
        .as("%s", Arrays.asList(arguments))
        .isEqualTo(expected);
    return err.toString();
  }

  private static KafkaAccess as(String user) {
    return security.access(broker.bootstrapServers(), user);
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
