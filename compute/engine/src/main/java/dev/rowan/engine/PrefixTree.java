package dev.rowan.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of the key-value store as a tree of token prefixes: a path from the root spells the tokens whose keys and values
 * its blocks hold. Blocks that no sequence uses stay until their memory is wanted, the longest unused first, leaves before
 * their parents. Belongs to one lane's thread.
 */
final class PrefixTree {

  /** Up to {@link KvStore#BLOCK} positions. */
  static final class Block {
    final int index;
    final int[] tokens = new int[KvStore.BLOCK];
    final List<Block> children = new ArrayList<>();

    @Nullable Block parent;

    /** Tokens that are known. */
    int count;

    /** Positions whose keys and values are computed. */
    int filled;

    /** Sequences that use it. */
    int references;

    private Block(int index) {
      this.index = index;
    }

    private int commonPrefix(int[] sequence, int from, int limit) {
      int common = 0;
      while (common < count && from + common < limit && tokens[common] == sequence[from + common]) {
        common++;
      }
      return common;
    }
  }

  /**
   * What is already there of a sequence.
   *
   * @param shared full blocks to use as they are
   * @param donor a block whose first {@code copied} positions may be copied to go on after {@code shared}
   * @param copied positions to copy; 0 if there is no donor
   * @param pending whether another sequence is about to compute more of it
   */
  record Match(List<Block> shared, @Nullable Block donor, int copied, boolean pending) {

    /** The shared blocks alone, for when there is no room for a donor beside its copy. */
    Match withoutDonor() {
      return new Match(shared, null, 0, pending);
    }
  }

  private final Block root = new Block(-1);
  private final ArrayDeque<Block> free = new ArrayDeque<>();
  private final Set<Block> idle = new LinkedHashSet<>();
  private final int total;

  PrefixTree(int blocks) {
    this.total = blocks;
    for (int i = 0; i < blocks; i++) {
      free.add(new Block(i));
    }
  }

  /** Blocks in all. */
  int total() {
    return total;
  }

  /** Blocks that no sequence uses. */
  int available() {
    return free.size() + idle.size();
  }

  /** How many of these blocks some sequence uses. */
  int used(List<Block> blocks) {
    return (int) blocks.stream().filter(block -> block.references > 0).count();
  }

  /** Finds the longest known prefix of {@code tokens}, of at most {@code limit} positions. */
  Match match(int[] tokens, int limit) {
    List<Block> shared = new ArrayList<>();
    Block node = root;
    int position = 0;
    while (true) {
      Block best = null;
      int longest = 0;
      for (Block child : node.children) {
        int common = child.commonPrefix(tokens, position, limit);
        if (common > longest || (best != null && common == longest && child.filled > best.filled)) {
          best = child;
          longest = common;
        }
      }
      if (best == null) {
        return new Match(shared, null, 0, false);
      }
      int usable = Math.min(longest, best.filled);
      // A sequence that decodes knows one token more than it has computed; one that prefills knows
      // many.
      boolean pending = usable < longest - 1;
      if (pending || usable < KvStore.BLOCK) {
        return new Match(shared, best, usable, pending);
      }
      shared.add(best);
      node = best;
      position += KvStore.BLOCK;
    }
  }

  /** Uses a block that is in the tree. */
  void acquire(Block block) {
    if (block.references++ == 0) {
      idle.remove(block);
    }
  }

  /** A new empty block after {@code parent}, or at the start, used once. There must be one {@link #available()}. */
  Block allocate(@Nullable Block parent) {
    Block block = free.isEmpty() ? evict() : free.poll();
    block.parent = parent == null ? root : parent;
    block.parent.children.add(block);
    block.count = 0;
    block.filled = 0;
    block.references = 1;
    return block;
  }

  /** Stops using a block. It stays in the tree while its memory is not wanted, if anything in it is computed. */
  void release(Block block) {
    if (--block.references == 0) {
      block.count = block.filled;
      if (block.filled == 0 && block.children.isEmpty()) {
        unlink(block);
        free.push(block);
      } else {
        idle.add(block);
      }
    }
  }

  private Block evict() {
    Iterator<Block> candidates = idle.iterator();
    while (candidates.hasNext()) {
      Block block = candidates.next();
      if (block.children.isEmpty()) {
        candidates.remove();
        unlink(block);
        return block;
      }
    }
    throw new IllegalStateException("every block is in use: admission reserved too little");
  }

  private static void unlink(Block block) {
    if (block.parent != null) {
      block.parent.children.remove(block);
      block.parent = null;
    }
  }
}
