// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

/** A way to people. All calls come from one thread and may block for the channel's time limit. */
interface Channel {
  /** As named in the configuration. */
  String name();

  /**
   * Sends one message.
   *
   * @throws DeliveryException when it is not known to have arrived
   */
  Receipt send(Message message) throws DeliveryException, InterruptedException;

  /** Takes up an episode that this channel was told before the start and that stands. */
  default void adopt(Message message) {}

  /**
   * Says again what stands, where the other side forgets.
   *
   * @throws DeliveryException when the other side does not take it
   */
  default void refresh() throws DeliveryException, InterruptedException {}

  /**
   * Looks, without a message, whether anybody is there.
   *
   * @throws DeliveryException when not
   */
  void reach() throws DeliveryException, InterruptedException;
}
