package dev.rowan.cli.doctor;

/**
 * What was found about one thing.
 *
 * @param name the thing
 * @param state whether it is there
 * @param detail what is there, in words; empty if nothing is
 * @param disabled what its absence disables; empty if it is there
 * @param remedy how to get it; empty if it is there
 */
public record Finding(String name, State state, String detail, String disabled, String remedy) {

  /** Whether something is there, and how bad it is if not. */
  public enum State {
    /** It is there. */
    OK("ok"),
    /** It is not there, and Rowan works without it. */
    MISSING("missing"),
    /** It is not there, and Rowan does not work without it. */
    ESSENTIAL("NEEDED");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** How the state is shown. */
    public String label() {
      return label;
    }
  }

  /** The thing is there. */
  public static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, "", "");
  }

  /** The thing is not there; {@code disabled} does not work. */
  public static Finding missing(String name, String disabled, String remedy) {
    return new Finding(name, State.MISSING, "", disabled, remedy);
  }

  /** The thing is not there, or not good enough as {@code detail} says, and nothing works. */
  public static Finding essential(String name, String detail, String disabled, String remedy) {
    return new Finding(name, State.ESSENTIAL, detail, disabled, remedy);
  }
}
