// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.record;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Compiled accessors of record components: as fast as a written call. Not serializable; make at
 * open.
 */
public final class Accessors {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Accessors() {}

  /** Reads a component of any reference type. */
  @SuppressWarnings("unchecked")
  public static Function<Object, Object> object(RecordComponent component) {
    return (Function<Object, Object>) compile(component, Function.class, "apply", Object.class);
  }

  /** Reads a {@code long}. */
  @SuppressWarnings("unchecked")
  public static ToLongFunction<Object> toLong(RecordComponent component) {
    return (ToLongFunction<Object>)
        compile(component, ToLongFunction.class, "applyAsLong", long.class);
  }

  /** Reads an {@code int}. */
  @SuppressWarnings("unchecked")
  public static ToIntFunction<Object> toInt(RecordComponent component) {
    return (ToIntFunction<Object>) compile(component, ToIntFunction.class, "applyAsInt", int.class);
  }

  /** Reads a {@code double}. */
  @SuppressWarnings("unchecked")
  public static ToDoubleFunction<Object> toDouble(RecordComponent component) {
    return (ToDoubleFunction<Object>)
        compile(component, ToDoubleFunction.class, "applyAsDouble", double.class);
  }

  /** Reads a {@code boolean}. */
  @SuppressWarnings("unchecked")
  public static Predicate<Object> toBoolean(RecordComponent component) {
    return (Predicate<Object>) compile(component, Predicate.class, "test", boolean.class);
  }

  private static Object compile(
      RecordComponent component, Class<?> function, String method, Class<?> result) {
    try {
      MethodHandle accessor = LOOKUP.unreflect(component.getAccessor());
      return LambdaMetafactory.metafactory(
              LOOKUP,
              method,
              MethodType.methodType(function),
              MethodType.methodType(result, Object.class),
              accessor,
              accessor.type())
          .getTarget()
          .invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("cannot compile the accessor of " + component, e);
    }
  }
}
