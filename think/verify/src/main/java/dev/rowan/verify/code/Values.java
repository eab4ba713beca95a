package dev.rowan.verify.code;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as they cross a sandbox's wall, against values of JSON. Lists and tuples are arrays; sets are arrays in any order;
 * whole numbers are compared exactly, others to 9 digits.
 */
final class Values {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);
  private static final double PRECISION = 1e-9;
  private static final List<String> ORDERED = List.of("t", "q");
  private static final List<String> UNORDERED = List.of("s", "z");
  private static final List<String> OF_JAVA =
      List.of("long", "short", "byte", "float", "char", "builder");
  private static final List<String> MAPS = List.of("d", "m");

  private Values() {}

  /** A value of JSON in the form that {@code values.py} unpacks. */
  static JsonNode pack(JsonNode json) {
    if (json.isArray()) {
      ArrayNode items = NODES.arrayNode();
      json.forEach(item -> items.add(pack(item)));
      return items;
    }
    if (json.isObject()) {
      ArrayNode entries = NODES.arrayNode();
      for (Map.Entry<String, JsonNode> entry : json.properties()) {
        entries.add(NODES.arrayNode().add(entry.getKey()).add(pack(entry.getValue())));
      }
      return tagged("d", entries);
    }
    if (json.isIntegralNumber() && json.bigIntegerValue().abs().compareTo(EXACT) >= 0) {
      return tagged("i", NODES.stringNode(hex(json.bigIntegerValue())));
    }
    return json;
  }

  static ObjectNode tagged(String tag, JsonNode inner) {
    ObjectNode node = NODES.objectNode();
    node.set(tag, inner);
    return node;
  }

  /** Whether a packed value is the same as a value of JSON. */
  static boolean same(JsonNode expected, JsonNode packed) {
    if (packed.isObject()) {
      return packed.size() == 1 && sameTagged(expected, packed);
    }
    if (expected.isArray()) {
      return packed.isArray() && sameItems(expected, packed);
    }
    if (expected.isNumber() && packed.isNumber()) {
      return sameNumber(expected, packed);
    }
    return expected.isValueNode() && expected.equals(packed);
  }

  private static boolean sameTagged(JsonNode expected, JsonNode packed) {
    Map.Entry<String, JsonNode> entry = packed.properties().iterator().next();
    JsonNode inner = entry.getValue();
    String tag = entry.getKey();
    if (tag.equals("i") || tag.equals("g")) {
      return expected.isIntegralNumber()
          && hex(expected.bigIntegerValue()).equals(inner.asString(""));
    }
    if (tag.equals("f")) {
      return inner.asString("").equals("-0")
          && expected.isNumber()
          && sameNumber(expected, NODES.numberNode(0));
    }
    if (OF_JAVA.contains(tag)) {
      return inner.isValueNode() && same(expected, inner);
    }
    if (!inner.isArray()) {
      return false;
    }
    if (ORDERED.contains(tag)) {
      return expected.isArray() && sameItems(expected, inner);
    }
    if (UNORDERED.contains(tag)) {
      return expected.isArray() && sameInAnyOrder(expected, inner);
    }
    if (tag.equals("u") || (tag.equals("optional") && inner.isEmpty())) {
      return expected.isNull();
    }
    if (tag.equals("optional")) {
      return same(expected, inner.path(0));
    }
    return MAPS.contains(tag) && expected.isObject() && sameEntries(expected, inner);
  }

  /** As Python writes it. To read what an answer wrote would take time that grows with its length squared. */
  private static String hex(BigInteger value) {
    return (value.signum() < 0 ? "-0x" : "0x") + value.abs().toString(16);
  }

  private static boolean sameItems(JsonNode expected, JsonNode items) {
    if (expected.size() != items.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!same(expected.get(i), items.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameInAnyOrder(JsonNode expected, JsonNode items) {
    List<JsonNode> left = new ArrayList<>();
    items.forEach(left::add);
    for (JsonNode wanted : expected) {
      int at = 0;
      while (at < left.size() && !same(wanted, left.get(at))) {
        at++;
      }
      if (at == left.size()) {
        return false;
      }
      left.remove(at);
    }
    return left.isEmpty();
  }

  private static boolean sameEntries(JsonNode expected, JsonNode entries) {
    if (expected.size() != entries.size()) {
      return false;
    }
    for (JsonNode entry : entries) {
      // A key that is a number stands as text in JSON.
      JsonNode key = entry.path(0);
      if (!key.isValueNode() || !expected.has(key.asString())) {
        return false;
      }
      if (!same(expected.path(key.asString()), entry.path(1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumber(JsonNode expected, JsonNode actual) {
    if (expected.isIntegralNumber() && actual.isIntegralNumber()) {
      return expected.bigIntegerValue().equals(actual.bigIntegerValue());
    }
    double a = expected.asDouble();
    double b = actual.asDouble();
    return Math.abs(a - b) <= PRECISION * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
  }
}
