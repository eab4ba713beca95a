package dev.rowan.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All findings, as a table.
 *
 * @param findings in the order in which they are shown
 */
public record Diagnosis(List<Finding> findings) {

  /** Copies the list. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Whether nothing essential is missing. */
  public boolean healthy() {
    return findings.stream().noneMatch(finding -> finding.state() == Finding.State.ESSENTIAL);
  }

  /** The table and a closing line. */
  public String text() {
    int width =
        findings.stream().mapToInt(finding -> finding.name().length()).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.add(row(width, finding.name(), finding.state().label(), finding.detail()));
      if (finding.state() != Finding.State.OK) {
        lines.add(row(width, "", "", "disables: " + finding.disabled()));
        lines.add(row(width, "", "", "remedy:   " + finding.remedy()));
      }
    }
    lines.add(healthy() ? "Rowan can work here." : "Rowan cannot work here: see what is NEEDED.");
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(int width, String name, String state, String detail) {
    return String.format(Locale.ROOT, "%-" + width + "s  %-7s  %s", name, state, detail)
        .stripTrailing();
  }
}
