package dev.rowan.cli;

/** How a command ends. The numbers never change; new ones come at the end. */
public enum Exit {
  /** All is well. */
  OK(0, "All is well."),
  /** A fault of Rowan itself. */
  INTERNAL(1, "A fault of Rowan itself: --verbose shows where."),
  /** An option or argument is unknown, missing or out of range. */
  USAGE(2, "An option or argument is unknown, missing or out of range."),
  /** The model is missing, truncated or of an unknown kind. */
  MODEL(10, "The model is missing, truncated or of an unknown kind."),
  /** The file of problems cannot be read. */
  PROBLEMS(11, "The file of problems cannot be read or holds none."),
  /** Some lines hold no problem; the others ran. */
  BAD_LINES(12, "Some lines hold no problem; the others ran."),
  /** The question is empty. */
  EMPTY_QUESTION(13, "The question is empty."),
  /** The prompt does not fit into the model's context. */
  PROMPT_TOO_LONG(14, "The prompt does not fit into the model's context."),
  /** A budget of 0 or less. */
  BAD_BUDGET(15, "A budget of 0 or less."),
  /** The budget ran out before there was any answer. */
  BUDGET_SPENT(16, "The budget ran out before there was any answer."),
  /** The output cannot be written: no permission, no space. */
  OUTPUT(17, "The output cannot be written: no permission, no space."),
  /** No such strategy, or it misses something here. */
  STRATEGY(18, "No such strategy, or it misses something here."),
  /** Nobody answers at the endpoint. */
  UNREACHABLE(19, "Nobody answers at the endpoint."),
  /** The endpoint refuses the key or misses one. */
  UNAUTHORIZED(20, "The endpoint refuses the key or misses one."),
  /** The model or the endpoint cannot take the request. */
  REFUSED(21, "The model or the endpoint cannot take the request."),
  /** The endpoint failed, hung or was too busy, again and again. */
  UNAVAILABLE(22, "The endpoint failed, hung or was too busy, again and again."),
  /** This machine lacks something essential. */
  UNFIT(23, "This machine lacks something essential: see what is NEEDED."),
  /** The run in the folder cannot go on. */
  RUN(24, "The run in the folder cannot go on: it is damaged or another one."),
  /** Lean cannot be installed. */
  LEAN(25, "Lean cannot be installed: no npm, no network, or a damaged archive."),
  /** Ctrl-C. */
  INTERRUPTED(130, "Interrupted by Ctrl-C.");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }

  /** What it means, in a sentence. */
  public String meaning() {
    return meaning;
  }
}
