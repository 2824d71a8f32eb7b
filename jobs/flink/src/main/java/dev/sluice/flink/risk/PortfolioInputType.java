// SPDX-License-Identifier: Apache-2.0
package dev.sluice.flink.risk;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Describes the judge's inputs on their way over the network; never state. */
final class PortfolioInputType extends TypeInformation<PortfolioInput> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<PortfolioInput> createSerializer(SerializerConfig config) {
    return new PortfolioInputSerializer(
        TypeInformation.of(PortfolioInput.class).createSerializer(config));
  }

  @Override
  public Class<PortfolioInput> getTypeClass() {
    return PortfolioInput.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "PortfolioInput";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PortfolioInputType;
  }

  @Override
  public int hashCode() {
    return PortfolioInputType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof PortfolioInputType;
  }
}
