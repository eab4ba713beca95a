package dev.rowan.verify.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rowan.verify.sandbox.Execution.End;
import dev.rowan.verify.sandbox.Execution.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BubblewrapTest {

  private Sandbox sandbox = new Bare();

  @BeforeEach
  void open() throws SandboxMissingException {
    sandbox = Bubblewrap.open();
  }

  private Outcome shell(String script) throws IOException {
    return run(Job.of("sh", "-c", script), Duration.ofSeconds(20));
  }

  private Outcome run(Job job, Duration wall) throws IOException {
    return Execution.run(sandbox, job, new byte[0], wall);
  }

  @Test
  void aProgramReadsItsInputAndWritesItsOutput() throws IOException {
    Outcome outcome = Execution.run(
        sandbox,
        Job.of("sh", "-c", "tr a-z A-Z; echo oops >&2; exit 3"),
        "hello".getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(20));

    assertThat(outcome).isEqualTo(new Outcome(3, "HELLO", "oops\n", End.EXITED));
  }

  @Test
  void itIsNobodyWithoutCapabilitiesAndWithoutWaysToGetThem() throws IOException {
    Outcome outcome = run(
        Job.of("sh", "-c", "grep -h -e ^Cap -e NoNewPrivs /proc/self/status; unshare -U true")
            .withProc(),
        Duration.ofSeconds(20));

    assertThat(outcome.stdout())
        .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1");
    assertThat(outcome.exit()).isNotZero();
  }

  @Test
  void itSeesTheSystemsProgramsAndNothingElse() throws IOException {
    assertThat(shell("ls / /etc /tmp /proc 2>/dev/null").stdout())
        .doesNotContain("home", "root", "passwd", "work", "self");
    assertThat(shell("env | cut -d= -f1 | sort | tr '\\n' ' '").stdout())
        .isEqualTo("HOME LANG PATH PWD ");
  }

  @Test
  void itWritesNowhereButToItsOwnTmp() throws IOException {
    String everywhere =
        "for d in / /usr /usr/bin /etc /dev /dev/shm /tmp; do touch $d/x && echo $d; done";

    assertThat(shell(everywhere).stdout()).isEqualTo("/tmp\n");
    assertThat(shell("ls /tmp").stdout()).isEmpty();
  }

  @Test
  void whatAJobMayReadLiesAtItsPlaceAndCannotBeChanged() throws IOException {
    Path file = Files.createTempFile("rowan", ".txt");
    try {
      Files.writeString(file, "read me");
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));

      Job job = Job.of("sh", "-c", "cat " + file + "; echo x > " + file).reading(file);
      Outcome outcome = run(job, Duration.ofSeconds(20));

      assertThat(outcome.stdout()).isEqualTo("read me");
      assertThat(outcome.exit()).isNotZero();
      assertThat(file).hasContent("read me");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void limitsOfTheKernelHold() throws IOException {
    Job cpu = Job.of("sh", "-c", "while :; do :; done")
        .within(Limits.DEFAULT.withCpu(Duration.ofSeconds(1)));
    Job disk = Job.of("sh", "-c", "head -c 2000000 /dev/zero > /tmp/x || wc -c < /tmp/x")
        .within(Limits.DEFAULT.withDisk(1 << 20));

    assertThat(run(cpu, Duration.ofSeconds(20)).exit()).isEqualTo(137);
    assertThat(run(disk, Duration.ofSeconds(20)).stdout().strip()).isIn("", "1048576");
  }

  @Test
  void timeAndOutputAreBoundedFromOutside() throws IOException {
    Outcome sleeping = run(Job.of("sleep", "60"), Duration.ofMillis(300));
    Outcome writing = shell("yes");

    assertThat(sleeping.end()).isEqualTo(End.TIMED_OUT);
    assertThat(writing.end()).isEqualTo(End.FLOODED);
    assertThat(writing.stdout()).hasSize(Execution.MAX_OUTPUT);
  }

  @Test
  void whatAProgramLeavesBehindDiesWithIt() throws IOException, InterruptedException {
    shell("sleep 4711 & setsid sleep 4711 & exit 0");
    shell("(sleep 4711 &) ; sleep 0.1");

    assertThat(ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains("sleep 4711"))
            .filter(ProcessHandle::isAlive))
        .isEmpty();
  }
}
