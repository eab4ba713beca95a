package dev.rowan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the tree of blocks finds again, and what it forgets first. */
final class PrefixTreeTest {

  private final PrefixTree tree = new PrefixTree(4);

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  /** A block after {@code parent} that knows {@code tokens} and has computed {@code filled} of them. */
  private PrefixTree.Block block(PrefixTree.Block parent, int filled, int... tokens) {
    return fill(tree.allocate(parent), filled, tokens);
  }

  private PrefixTree.Block first(int filled, int... tokens) {
    return fill(tree.allocate(null), filled, tokens);
  }

  private static PrefixTree.Block fill(PrefixTree.Block block, int filled, int... tokens) {
    System.arraycopy(tokens, 0, block.tokens, 0, tokens.length);
    block.count = tokens.length;
    block.filled = filled;
    return block;
  }

  @Test
  void fullBlocksAreSharedAndTheRestIsCopied() {
    PrefixTree.Block first = first(16, range(0, 16));
    PrefixTree.Block second = block(first, 10, range(16, 26));

    PrefixTree.Match match = tree.match(range(0, 40), 39);

    assertThat(match.shared()).containsExactly(first);
    assertThat(match.donor()).isSameAs(second);
    assertThat(match.copied()).isEqualTo(10);
    assertThat(match.pending()).isFalse();
    assertThat(match.withoutDonor())
        .isEqualTo(new PrefixTree.Match(List.of(first), null, 0, false));
  }

  @Test
  void nothingBeyondTheLimitOrTheFirstDifferenceIsUsed() {
    PrefixTree.Block first = first(16, range(0, 16));

    assertThat(tree.match(range(0, 16), 15).shared()).isEmpty();
    assertThat(tree.match(range(0, 16), 15).copied()).isEqualTo(15);
    assertThat(tree.match(range(0, 16), 16).shared()).containsExactly(first);
    assertThat(tree.match(new int[] {0, 1, 2, 9, 9}, 5).copied()).isEqualTo(3);
    assertThat(tree.match(new int[] {5, 1}, 2))
        .isEqualTo(new PrefixTree.Match(List.of(), null, 0, false));
  }

  @Test
  void theLongestMatchWinsThenTheOneThatIsComputed() {
    first(3, 1, 2, 3);
    PrefixTree.Block longest = first(4, 1, 2, 3, 4);
    assertThat(tree.match(new int[] {1, 2, 3, 4, 5}, 4).donor()).isSameAs(longest);
    PrefixTree.Block computed = first(5, 1, 2, 3, 4, 6);
    assertThat(tree.match(new int[] {1, 2, 3, 4, 5}, 4).donor()).isSameAs(computed);
  }

  @Test
  void whatIsBeingComputedIsWorthWaitingFor() {
    PrefixTree.Block prompt = first(0, range(0, 16));
    assertThat(tree.match(range(0, 20), 19).pending()).isTrue();
    prompt.filled = 15;
    assertThat(tree.match(range(0, 20), 19).pending())
        .as("one token that was just drawn")
        .isFalse();
    prompt.filled = 2;
    tree.release(prompt);
    PrefixTree.Match match = tree.match(range(0, 20), 19);
    assertThat(match.pending()).as("its sequence was given up").isFalse();
    assertThat(match.copied()).isEqualTo(2);
  }

  @Test
  void unusedBlocksStayUntilTheirMemoryIsWantedLeavesFirst() {
    PrefixTree.Block parent = first(16, range(0, 16));
    PrefixTree.Block child = block(parent, 16, range(16, 32));
    PrefixTree.Block other = first(16, range(50, 66));
    tree.release(parent);
    tree.release(child);
    tree.release(other);
    assertThat(tree.available()).isEqualTo(4);
    assertThat(tree.match(range(0, 32), 32).shared()).containsExactly(parent, child);

    first(1, 99);
    first(1, 98);
    assertThat(tree.match(range(0, 32), 32).shared()).as("its leaf went").containsExactly(parent);
    first(1, 97);
    assertThat(tree.match(range(0, 32), 32).shared()).isEmpty();
    assertThat(tree.match(range(50, 66), 16).shared()).containsExactly(other);
  }

  @Test
  void aBlockThatWasUsedAgainIsForgottenLast() {
    PrefixTree.Block early = first(16, range(0, 16));
    PrefixTree.Block late = first(16, range(20, 36));
    tree.release(early);
    tree.release(late);
    tree.acquire(early);
    tree.release(early);
    List.of(1, 2, 3).forEach(token -> first(1, 100 + token));
    assertThat(tree.match(range(0, 16), 16).shared()).containsExactly(early);
    assertThat(tree.match(range(20, 36), 16).shared()).isEmpty();
  }

  @Test
  void aBlockIsInUseAsLongAsAnySequenceUsesIt() {
    PrefixTree.Block block = first(16, range(0, 16));
    tree.acquire(block);
    assertThat(tree.used(List.of(block))).isEqualTo(1);
    tree.release(block);
    assertThat(tree.available()).isEqualTo(3);
    tree.release(block);
    assertThat(tree.available()).isEqualTo(4);
    assertThat(tree.used(List.of(block))).isZero();
  }

  @Test
  void aBlockWithNothingComputedIsFreeAtOnce() {
    PrefixTree.Block block = first(0, range(0, 16));
    tree.release(block);
    assertThat(tree.match(range(0, 16), 16).donor()).isNull();
    assertThat(block.parent).isNull();
  }

  @Test
  void moreThanThereIsCannotBeAllocated() {
    List<PrefixTree.Block> blocks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      blocks.add(first(1, i));
    }
    assertThat(blocks.stream().map(block -> block.index)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> tree.allocate(null)).isInstanceOf(IllegalStateException.class);
    tree.release(Objects.requireNonNull(blocks.get(2)));
    assertThat(tree.allocate(null).index).isEqualTo(blocks.get(2).index);
  }
}
