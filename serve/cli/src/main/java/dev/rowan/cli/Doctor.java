package dev.rowan.cli;

import dev.rowan.cli.doctor.Diagnosis;
import dev.rowan.cli.doctor.Finding;
import dev.rowan.cli.doctor.Hardware;
import dev.rowan.cli.doctor.Host;
import dev.rowan.cli.doctor.Models;
import dev.rowan.cli.doctor.Software;
import dev.rowan.cli.doctor.ThisHost;
import dev.rowan.verify.lean.LeanInstall;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rowan doctor}: what this machine offers Rowan. Ends with 0 unless something essential is missing. */
@Command(
    name = "doctor",
    description = "Say what this machine offers, and what each missing thing disables.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  rowan doctor"})
public final class Doctor implements Callable<Integer> {

  @Spec
  private CommandSpec spec = CommandSpec.create(); // replaced by the real one

  @Override
  public Integer call() {
    Host host = new ThisHost();
    Path home = Path.of(System.getProperty("rowan.home", "")).toAbsolutePath();
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new Hardware(host, home).findings());
    findings.addAll(new Software(host, LeanInstall.folder(LeanKind::environment)).findings());
    findings.addAll(new Models(home).findings());
    Diagnosis diagnosis = new Diagnosis(findings);
    PrintWriter out = spec.commandLine().getOut();
    out.println(diagnosis.text());
    out.flush();
    return (diagnosis.healthy() ? Exit.OK : Exit.UNFIT).code();
  }
}
