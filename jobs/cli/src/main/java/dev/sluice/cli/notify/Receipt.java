// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.notify;

import dev.sluice.schemas.NotificationStatus;

/**
 * What a channel answered.
 *
 * @param status SENT or RECEIVED
 * @param words what that proves, one line, without secrets
 */
record Receipt(NotificationStatus status, String words) {}
