package dev.rowan.archtest;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The repository's Java files, found and parsed. */
final class Sources {

  private static final Path HOME = Path.of(System.getProperty("rowan.home", ".."));

  /** A parsed file; {@code docs} finds the Javadoc of what is in {@code unit}. */
  record Parsed(Path file, CompilationUnitTree unit, DocTrees docs) {}

  private Sources() {}

  /** Every Java file under {@code src/main} and {@code src/test}. */
  static List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(HOME, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
        String name = dir.equals(HOME) ? "" : dir.getFileName().toString();
        boolean generated = name.equals("target") || name.startsWith(".");
        return generated ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (file.toString().endsWith(".java")) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    });
    files.sort(null);
    return files;
  }

  /** Every Java file under {@code src/main}. */
  static List<Path> main() throws IOException {
    return all().stream().filter(file -> contains(file, "main")).toList();
  }

  private static boolean contains(Path file, String name) {
    for (Path part : HOME.relativize(file)) {
      if (part.toString().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The main files, parsed. */
  static List<Parsed> parsed() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task = (JavacTask) compiler.getTask(
          null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(main()));
      DocTrees docs = DocTrees.instance(task);
      List<Parsed> parsed = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        parsed.add(new Parsed(HOME.relativize(Path.of(unit.getSourceFile().toUri())), unit, docs));
      }
      return parsed;
    }
  }

  /** A file's path as people write it. */
  static String name(Path file) {
    return HOME.relativize(file).toString();
  }
}
