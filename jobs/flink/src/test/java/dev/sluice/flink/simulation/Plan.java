// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.runtime.partitioner.BroadcastPartitioner;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;

/**
 * The operators of a graph and how they are wired, taken from Flink's own graph of a topology, so
 * that a simulation runs what a cluster would run. Sources are named {@code in-…}; what is named
 * {@code out-…} stands for a Kafka sink, and nothing below it is looked at.
 */
final class Plan {
  static final String SOURCE = "in-";
  static final String SINK = "out-";

  /**
   * One connection.
   *
   * @param tag the side output it carries, null for the main one
   * @param chained handed over by a call, without an exchange
   * @param serializer of what it carries
   * @param second into the second input of an operator that has two
   * @param broadcast to every subtask
   */
  record Edge(
      OutputTag<?> tag,
      Operator target,
      boolean chained,
      TypeSerializer<Object> serializer,
      boolean second,
      boolean broadcast) {}

  /** One operator, to be instantiated in several subtasks. */
  static final class Operator {
    final String uid;
    final boolean single;
    final KeySelector<Object, String> key;
    final TypeSerializer<Object> output;
    final List<Edge> edges = new ArrayList<>();
    private final byte[] factory;
    private final MapFunction<Object, Object> map;
    private final FlatMapFunction<Object, Object> flatMap;

    @SuppressWarnings("unchecked")
    private Operator(StreamNode node) throws IOException {
      uid = node.getTransformationUID();
      single = node.getParallelism() == 1;
      KeySelector<?, ?>[] keys = node.getStatePartitioners();
      key = keys.length == 0 ? null : (KeySelector<Object, String>) keys[0];
      output = (TypeSerializer<Object>) node.getTypeSerializerOut();
      Object operator =
          node.getOperatorFactory() instanceof SimpleOperatorFactory<?> simple
              ? simple.getOperator()
              : null;
      map =
          operator instanceof StreamMap<?, ?> stream
              ? (MapFunction<Object, Object>) stream.getUserFunction()
              : null;
      flatMap =
          operator instanceof StreamFlatMap<?, ?> stream
              ? (FlatMapFunction<Object, Object>) stream.getUserFunction()
              : null;
      factory =
          source() || sink() || map != null || flatMap != null
              ? null
              : InstantiationUtil.serializeObject(node.getOperatorFactory());
    }

    boolean source() {
      return uid.startsWith(SOURCE);
    }

    boolean sink() {
      return uid.startsWith(SINK);
    }

    /** A function of one record, which has no state, no time and no life of its own. */
    MapFunction<Object, Object> map() {
      return map;
    }

    FlatMapFunction<Object, Object> flatMap() {
      return flatMap;
    }

    /** Whether it has anything to restore. */
    boolean lives() {
      return factory != null;
    }

    /** A factory of its own, as every task deserialises one. */
    StreamOperatorFactory<Object> newFactory() throws IOException, ClassNotFoundException {
      return InstantiationUtil.deserializeObject(factory, Plan.class.getClassLoader());
    }
  }

  private final Map<String, Operator> operators = new LinkedHashMap<>();

  private Plan() {}

  /** Reads a graph. Every operator must have a uid. */
  static Plan of(StreamGraph graph) {
    Plan plan = new Plan();
    List<StreamNode> nodes = new ArrayList<>(graph.getStreamNodes());
    nodes.sort(java.util.Comparator.comparingInt(StreamNode::getId));
    Map<Integer, Operator> byId = new LinkedHashMap<>();
    try {
      for (StreamNode node : nodes) {
        if (!node.getTransformationUID().startsWith("below-")) {
          Operator operator = new Operator(node);
          byId.put(node.getId(), operator);
          plan.operators.put(operator.uid, operator);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("an operator cannot be serialised", e);
    }
    for (StreamNode node : nodes) {
      Operator from = byId.get(node.getId());
      if (from != null && !from.sink()) {
        for (StreamEdge edge : node.getOutEdges()) {
          from.edges.add(edge(graph, edge, from, byId.get(edge.getTargetId())));
        }
      }
    }
    return plan;
  }

  @SuppressWarnings("unchecked")
  private static Edge edge(StreamGraph graph, StreamEdge edge, Operator from, Operator target) {
    boolean onlyInput = graph.getStreamNode(edge.getTargetId()).getInEdges().size() == 1;
    boolean chained =
        edge.getPartitioner() instanceof ForwardPartitioner && onlyInput && !target.sink();
    OutputTag<?> tag = edge.getOutputTag();
    TypeSerializer<Object> serializer =
        tag == null
            ? from.output
            : (TypeSerializer<Object>)
                tag.getTypeInfo().createSerializer(new SerializerConfigImpl());
    return new Edge(
        tag,
        target,
        chained,
        serializer,
        edge.getTypeNumber() == 2,
        edge.getPartitioner() instanceof BroadcastPartitioner);
  }

  Collection<Operator> operators() {
    return operators.values();
  }

  Operator operator(String uid) {
    return operators.get(uid);
  }
}
