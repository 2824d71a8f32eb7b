// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli.baseline;

import dev.sluice.rules.baseline.BaselineCheck;
import dev.sluice.rules.baseline.BaselineCheck.Outcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Checks as JUnit XML, one test case each, as build servers show it. A check without data is a
 * failure; a warning passes and is told in the case's output.
 */
public final class JUnitReport {
  private static final String SUITE = "sluice.baseline";

  private JUnitReport() {}

  /** The document. */
  public static String of(String engineId, List<BaselineCheck> checks) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      newLine(xml);
      xml.writeStartElement("testsuites");
      newLine(xml);
      xml.writeStartElement("testsuite");
      attribute(xml, "name", SUITE);
      attribute(xml, "tests", Integer.toString(checks.size()));
      attribute(xml, "failures", Long.toString(checks.stream().filter(c -> !c.passes()).count()));
      attribute(xml, "errors", "0");
      attribute(xml, "skipped", "0");
      attribute(xml, "time", "0");
      for (BaselineCheck check : checks) {
        newLine(xml);
        testCase(xml, engineId, check);
      }
      newLine(xml);
      xml.writeEndElement();
      newLine(xml);
      xml.writeEndElement();
      newLine(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void testCase(XMLStreamWriter xml, String engineId, BaselineCheck check)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "classname", SUITE + "." + engineId);
    attribute(xml, "name", check.id());
    attribute(xml, "time", "0");
    if (!check.passes()) {
      xml.writeStartElement("failure");
      attribute(xml, "type", check.outcome().name());
      attribute(xml, "message", check.reason());
      xml.writeCharacters(legal(BaselineText.figures(check)));
      xml.writeEndElement();
    } else if (check.outcome() == Outcome.WARN) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal("WARN: " + check.reason()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private static void newLine(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  /** XML 1.0 has no form at all for most control characters. */
  private static String legal(String text) {
    return text.replaceAll(
        "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
  }
}
