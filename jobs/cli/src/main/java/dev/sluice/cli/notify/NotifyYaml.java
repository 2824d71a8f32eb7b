// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.rules.spec.CriteriaException;
import dev.sluice.rules.spec.YamlNode;
import dev.sluice.schemas.NotificationKind;
import dev.sluice.schemas.Severity;
import dev.sluice.schemas.text.Durations;
import dev.sluice.schemas.text.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The strict reader of {@code config/notify.yaml}. An unknown key, a channel without an address and
 * no channel at all are errors: nobody shall believe to be told who is not.
 */
public final class NotifyYaml {
  private static final Map<String, YamlNode> NONE = Map.of();

  private final Path file;

  /** Reads this file. Paths in it are relative to its directory. */
  public NotifyYaml(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Reads it, and the files of secrets it names.
   *
   * @throws CriteriaException with file, line and key, when it is wrong; without secrets
   */
  public NotifyConfig read() {
    YamlNode root = YamlNode.parse(file.toString(), text(file, "the configuration"));
    if (root == null) {
      throw new CriteriaException(file + ":1: empty: nobody would be told anything");
    }
    var top = fields(root, "the file", List.of("tell", "every", "retry", "channels"));
    var tell = group(top, "tell", List.of("shadow", "min_severity"));
    var every = group(top, "every", List.of("refresh", "watchdog", "silence"));
    var retry = group(top, "retry", List.of("timeout", "first_delay", "max_delay"));
    YamlNode channels = top.get("channels");
    if (channels == null || channels.items() == null || channels.items().isEmpty()) {
      throw (channels == null ? root : channels)
          .error("`channels` needs at least one channel: nobody would be told anything");
    }
    NotifyConfig config =
        new NotifyConfig(
            flag(tell, "shadow", false),
            tell.containsKey("min_severity")
                ? word(tell.get("min_severity"), "min_severity", Severity.values())
                : Severity.INFO,
            durationMs(every, "refresh", 60_000),
            durationMs(every, "watchdog", 60_000),
            durationMs(every, "silence", 300_000),
            new NotifyConfig.Retry(
                durationMs(retry, "timeout", 5_000),
                durationMs(retry, "first_delay", 1_000),
                durationMs(retry, "max_delay", 60_000)),
            channels(channels));
    if (config.channels().stream().allMatch(NotifyConfig.ChannelSpec::fallback)) {
      throw channels.error("every channel is a `fallback`: nobody would be told anything");
    }
    for (NotificationKind kind :
        List.of(NotificationKind.FIRING, NotificationKind.RESOLVED, NotificationKind.WATCHDOG)) {
      if (config.channels().stream()
          .noneMatch(one -> !one.fallback() && one.kinds().contains(kind))) {
        throw channels.error("no channel hears " + kind.name().toLowerCase(Locale.ROOT));
      }
    }
    return config;
  }

  private List<NotifyConfig.ChannelSpec> channels(YamlNode node) {
    List<NotifyConfig.ChannelSpec> channels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlNode each : node.items()) {
      NotifyConfig.ChannelSpec channel = channel(each);
      if (!names.add(channel.name())) {
        throw each.error("two channels are named `" + channel.name() + "`");
      }
      channels.add(channel);
    }
    return List.copyOf(channels);
  }

  private NotifyConfig.ChannelSpec channel(YamlNode node) {
    var keys =
        fields(
            node,
            "a channel",
            List.of("name", "type", "url", "url_file", "hmac_key_file", "kinds", "fallback"));
    String name = need(node, keys, "name").text("name");
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw keys.get("name").error("`name` needs lower-case letters, digits and hyphens");
    }
    var type = word(need(node, keys, "type"), "type", NotifyConfig.Type.values());
    YamlNode hmac = keys.get("hmac_key_file");
    if (hmac != null && type != NotifyConfig.Type.WEBHOOK) {
      throw hmac.error("`hmac_key_file` is for webhooks");
    }
    Path key = hmac == null ? null : file.resolveSibling(hmac.text("hmac_key_file"));
    if (key != null && secret(hmac, "hmac_key_file").isEmpty()) {
      throw hmac.error("`hmac_key_file` is empty: " + key);
    }
    return new NotifyConfig.ChannelSpec(
        name, type, url(node, keys, name), key, kinds(keys), flag(keys, "fallback", false));
  }

  private MaskedUrl url(YamlNode node, Map<String, YamlNode> keys, String name) {
    YamlNode plain = keys.get("url");
    YamlNode secret = keys.get("url_file");
    if ((plain == null) == (secret == null)) {
      throw node.error(
          "channel `" + name + "` needs `url`, or `url_file` where the address is a secret");
    }
    YamlNode from = plain == null ? secret : plain;
    String text = plain == null ? secret(secret, "url_file") : plain.text("url");
    if (text.isEmpty()) {
      throw from.error("channel `" + name + "` has an empty address: nobody would be told");
    }
    try {
      return MaskedUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw from.error("channel `" + name + "`: " + e.getMessage());
    }
  }

  private String secret(YamlNode node, String key) {
    Path path = file.resolveSibling(node.text(key));
    if (!Files.isReadable(path)) {
      throw node.error("`" + key + "` names a file that cannot be read: " + path);
    }
    return text(path, key).strip();
  }

  private static Set<NotificationKind> kinds(Map<String, YamlNode> keys) {
    YamlNode node = keys.get("kinds");
    if (node == null) {
      return EnumSet.allOf(NotificationKind.class);
    }
    if (node.items() == null || node.items().isEmpty()) {
      throw node.error("`kinds` is a list, as in [firing, resolved]");
    }
    Set<NotificationKind> kinds = EnumSet.noneOf(NotificationKind.class);
    node.items().forEach(each -> kinds.add(word(each, "kinds", NotificationKind.values())));
    return kinds;
  }

  private static String text(Path path, String what) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new CriteriaException("cannot read " + what + " " + path);
    }
  }

  private static Map<String, YamlNode> group(
      Map<String, YamlNode> top, String key, List<String> known) {
    return top.containsKey(key) ? fields(top.get(key), "`" + key + "`", known) : NONE;
  }

  private static Map<String, YamlNode> fields(YamlNode node, String where, List<String> known) {
    Map<String, YamlNode> fields = node.map(where);
    fields.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw value.error("unknown key `" + key + "` in " + where + Suggestion.of(key, known));
          }
        });
    return fields;
  }

  private static YamlNode need(YamlNode node, Map<String, YamlNode> fields, String key) {
    if (!fields.containsKey(key)) {
      throw node.error("`" + key + "` is mandatory");
    }
    return fields.get(key);
  }

  private static long durationMs(Map<String, YamlNode> fields, String key, long otherwise) {
    YamlNode node = fields.get(key);
    if (node == null) {
      return otherwise;
    }
    long durationMs = node.parsed(key, Durations::parseMs);
    if (durationMs <= 0) {
      throw node.error("`" + key + "` must be longer than nothing");
    }
    return durationMs;
  }

  private static boolean flag(Map<String, YamlNode> fields, String key, boolean otherwise) {
    YamlNode node = fields.get(key);
    if (node == null) {
      return otherwise;
    }
    return switch (node.text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw node.error("`" + key + "` is true or false");
    };
  }

  private static <E extends Enum<E>> E word(YamlNode node, String key, E[] values) {
    String text = node.text(key);
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    List<String> known =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    throw node.error("`" + key + ": " + text + "` is unknown" + Suggestion.of(text, known));
  }
}
