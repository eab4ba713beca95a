package dev.rowan.verify.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Rowan's own programs in Java, compiled once: a sandbox that had to do so would take a second longer each time. Their texts
 * end in {@code .txt}, for a compiler would take them for classes of this package.
 */
final class HostClasses {

  private HostClasses() {}

  /** The classes of these sources, by the names of their files. */
  static Map<String, byte[]> of(List<String> resources) throws IOException {
    JavaCompiler compiler = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
        .orElseThrow(() -> new IOException("this Java has no compiler: run Rowan on a JDK"));
    Path folder = Files.createTempDirectory("rowan-hosts");
    try {
      List<String> arguments =
          new ArrayList<>(List.of("-d", folder.toString(), "-proc:none", "-Xlint:none"));
      for (String resource : resources) {
        Path source =
            Files.write(folder.resolve(resource.replace(".txt", "")), Script.bytes(resource));
        arguments.add(source.toString());
      }
      if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
        throw new IOException("the programs for Java do not compile: run Rowan on a JDK 25");
      }
      return classes(folder);
    } finally {
      Site.delete(folder);
    }
  }

  private static Map<String, byte[]> classes(Path folder) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".class")) {
          classes.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return classes;
  }
}
