package dev.rowan.model.store;

import dev.rowan.model.ModelException;

/**
 * What a model is called: {@code NAME} or {@code OWNER/NAME}. Names come from users, addresses and archives; only one that
 * is plain becomes a folder.
 */
record ModelName(String text) {

  private static final String PART = "[A-Za-z0-9][\\w.+-]{0,99}";

  /** Refuses what is no name. */
  ModelName {
    if (!text.matches(PART + "(/" + PART + ")?")) {
      throw new ModelException("'" + text + "' is no name for a model: give one of letters, digits,"
          + " dots and dashes with --as");
    }
  }

  /** The name as that of one folder. */
  String flat() {
    return text.replace('/', '@');
  }
}
