package dev.rowan.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** The rules of CODE_STYLE.md that only source files show. */
final class SourcesTest {

  private static final int MOST_LINES = 400;

  /** Files that may be longer, and why. */
  private static final Map<String, String> LONG_FOR_A_REASON = Map.of(
      "compute/tensor/src/main/java/dev/rowan/tensor/Tensor.java",
      "one short method per operation");

  private static final Set<String> TOO_BROAD =
      Set.of("Exception", "Throwable", "java.lang.Exception");

  @Test
  void filesStayShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Sources.all()) {
      int lines = Files.readAllLines(file).size();
      if (lines >= MOST_LINES && !LONG_FOR_A_REASON.containsKey(Sources.name(file))) {
        tooLong.add(Sources.name(file) + " has " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files of %d lines or more: split them", MOST_LINES).isEmpty();
  }

  @Test
  void everyPackageHasATourAndIsNullMarked() throws IOException {
    Set<Path> packages = new TreeSet<>();
    Sources.main().forEach(file -> packages.add(file.resolveSibling("package-info.java")));
    List<String> unmarked = new ArrayList<>();
    for (Path tour : packages) {
      String text = Files.exists(tour) ? Files.readString(tour) : "";
      if (!text.startsWith("/**") || !text.contains("@NullMarked")) {
        unmarked.add(Sources.name(tour));
      }
    }
    assertThat(unmarked)
        .as("package-info.java without a tour or without @NullMarked")
        .isEmpty();
  }

  @Test
  void publicTypesHaveJavadoc() throws IOException {
    List<String> bare = new ArrayList<>();
    for (Sources.Parsed source : Sources.parsed()) {
      new TreePathScanner<Void, Boolean>() {
        @Override
        public Void visitClass(ClassTree type, Boolean outerIsPublic) {
          boolean isPublic = outerIsPublic && isPublic(type, getCurrentPath());
          if (isPublic && source.docs().getDocComment(getCurrentPath()) == null) {
            bare.add(source.file() + ": " + type.getSimpleName());
          }
          return super.visitClass(type, isPublic);
        }
      }.scan(source.unit(), true);
    }
    assertThat(bare).as("public types without Javadoc").isEmpty();
  }

  private static boolean isPublic(ClassTree type, TreePath path) {
    boolean memberOfInterface = path.getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    return memberOfInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC);
  }

  @Test
  void nothingCatchesEverything() throws IOException {
    List<String> broad = new ArrayList<>();
    for (Sources.Parsed source : Sources.parsed()) {
      new TreePathScanner<Void, Void>() {
        @Override
        public Void visitCatch(CatchTree clause, Void nothing) {
          if (caught(clause).stream().anyMatch(TOO_BROAD::contains)) {
            broad.add(source.file() + ": catch (" + clause.getParameter() + ")");
          }
          return super.visitCatch(clause, null);
        }
      }.scan(source.unit(), null);
    }
    assertThat(broad)
        .as("catches what it cannot know how to handle: name the exceptions")
        .isEmpty();
  }

  private static List<String> caught(CatchTree clause) {
    Tree type = clause.getParameter().getType();
    return type instanceof UnionTypeTree union
        ? union.getTypeAlternatives().stream().map(Object::toString).toList()
        : List.of(type.toString());
  }
}
