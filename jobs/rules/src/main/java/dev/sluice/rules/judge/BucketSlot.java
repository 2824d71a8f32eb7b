// SPDX-License-Identifier: Apache-2.0
package dev.sluice.rules.judge;

import dev.sluice.schemas.Bucket;
import dev.sluice.schemas.Nullable;
import java.util.List;

/**
 * The buckets of one start.
 *
 * @param whole of the whole engine; null until it closes the start
 * @param parts per arm and symbol; kept only when some criterion asks for a symbol or an arm
 */
public record BucketSlot(long startUs, @Nullable Bucket whole, List<Bucket> parts) {}
