package dev.rowan.model.jinja;

import com.hubspot.jinjava.util.HasObjectTruthValue;

/** Python's {@code None}, which is defined; what is not defined is Java's null. */
enum PythonNone implements HasObjectTruthValue {
  NONE;

  @Override
  public boolean getObjectTruthValue() {
    return false;
  }

  @Override
  public String toString() {
    return "None";
  }
}
