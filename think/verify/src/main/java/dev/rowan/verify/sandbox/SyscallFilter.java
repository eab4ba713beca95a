package dev.rowan.verify.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A program for the kernel (seccomp) that refuses what no answer needs: new processes, signals, traces of other
 * processes, priorities, memory that outlives its process, keys, namespaces, clocks, modules. Threads are allowed.
 */
public final class SyscallFilter {

  private static final int LOAD = 0x20;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_AT_LEAST = 0x35;
  private static final int IF_BITS = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER_AT = 0;
  private static final int ARCHITECTURE_AT = 4;
  private static final int FIRST_ARGUMENT_AT = 16;
  private static final int SECOND_ARGUMENT_AT = 24;

  private static final int X86_64 = 0xC000003E;
  private static final int X32 = 0x40000000;

  private static final int ALLOW = 0x7fff0000;
  private static final int KILL = 0x80000000;
  private static final int NOT_PERMITTED = 0x00050001;
  private static final int NO_SUCH_CALL = 0x00050026;

  private static final int FCNTL = 72;
  private static final int CLONE = 56;
  private static final int CLONE3 = 435;
  private static final int PRLIMIT = 302;

  private static final int THREAD = 0x10000;

  /** The commands of fcntl that make the kernel send signals: F_SETOWN, F_SETSIG, F_SETOWN_EX. */
  private static final int[] SIGNALLING = {8, 10, 15};

  private static final int[][] REFUSED = {
    {57, 58}, // fork, vfork
    {62, 200, 234, 129, 297, 424, 434, 438}, // kill and its kin, by process descriptors too
    {101, 310, 311, 312, 440, 448}, // ptrace and its kin
    {141, 142, 144, 203, 314, 251}, // priorities and processors of whoever is named
    {29, 30, 31, 64, 65, 68, 240, 319, 447}, // shared memory, semaphores, queues, memory files
    {248, 249, 250}, // keys
    {298, 321, 323, 425, 426, 427}, // counters, kernel programs, page faults, rings
    {155, 161, 165, 166, 272, 308, 428, 429, 430, 431, 432, 433, 442}, // mounts, namespaces
    {300, 303, 304}, // files by handle
    {103, 135, 159, 163, 164, 167, 168, 169, 170, 171, 172, 173, 179, 227, 305}, // the machine
    {175, 176, 246, 313, 320}, // modules, kernels
  };

  private final ByteBuffer program = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

  private SyscallFilter() {}

  /** The program; empty on a processor whose system calls are not known here. */
  public static Optional<byte[]> program() {
    return System.getProperty("os.arch").equals("amd64")
        ? Optional.of(new SyscallFilter().build())
        : Optional.empty();
  }

  private byte[] build() {
    add(LOAD, 0, 0, ARCHITECTURE_AT);
    add(IF_EQUAL, 1, 0, X86_64);
    add(RETURN, 0, 0, KILL);
    add(LOAD, 0, 0, NUMBER_AT);
    add(IF_AT_LEAST, 0, 1, X32);
    add(RETURN, 0, 0, NOT_PERMITTED);
    for (int[] group : REFUSED) {
      for (int call : group) {
        add(IF_EQUAL, 0, 1, call);
        add(RETURN, 0, 0, NOT_PERMITTED);
      }
    }
    // The C library falls back on clone, whose flags can be seen.
    add(IF_EQUAL, 0, 1, CLONE3);
    add(RETURN, 0, 0, NO_SUCH_CALL);
    onlyIf(CLONE, IF_BITS, THREAD);
    onlyIf(PRLIMIT, IF_EQUAL, 0);
    notSignalling();
    add(RETURN, 0, 0, ALLOW);
    byte[] bytes = new byte[program.position()];
    program.flip().get(bytes);
    return bytes;
  }

  /** Allows a call only if a test of its first argument succeeds. */
  private void onlyIf(int call, int test, int value) {
    add(IF_EQUAL, 0, 4, call);
    add(LOAD, 0, 0, FIRST_ARGUMENT_AT);
    add(test, 0, 1, value);
    add(RETURN, 0, 0, ALLOW);
    add(RETURN, 0, 0, NOT_PERMITTED);
  }

  private void notSignalling() {
    add(IF_EQUAL, 0, 1 + 2 * SIGNALLING.length, FCNTL);
    add(LOAD, 0, 0, SECOND_ARGUMENT_AT);
    for (int command : SIGNALLING) {
      add(IF_EQUAL, 0, 1, command);
      add(RETURN, 0, 0, NOT_PERMITTED);
    }
  }

  private void add(int code, int ifTrue, int ifFalse, int value) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
  }
}
