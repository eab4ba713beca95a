package dev.rowan.data.nano;

import static dev.rowan.verify.nano.NanoProblem.MAX_VALUE;

import dev.rowan.verify.nano.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A grove problem as it is made up: a chain in which each quantity uses the one before it, a sum the two before it, or, if
 * tangled, any earlier ones; with distractors strewn in. Whether the answer really needs the whole chain, and nothing else, is for the caller to check.
 */
final class GroveDraft {

  private static final double SECOND_ROOT = 0.5;
  private static final double SIDE_BRANCH = 0.6;
  private static final int SUMS = 1;
  private static final int TANGLED_SUMS = 6;
  private static final int MIN_ROOT = 2;
  private static final int MAX_ROOT = 40;
  private static final int MAX_AMOUNT = 25;
  private static final int MAX_FACTOR = 5;

  private final SplittableRandom random;
  private final boolean tangled;
  private final List<Clause> clauses = new ArrayList<>();
  private final List<String> known = new ArrayList<>();
  private final Map<String, Integer> values = new HashMap<>();
  private final String question;

  /** Makes up {@code level} quantities of the chain and {@code distractors} others. */
  GroveDraft(
      List<String> names, int level, int distractors, boolean tangled, SplittableRandom random) {
    this.random = random;
    this.tangled = tangled;
    List<String> free = new ArrayList<>(names);
    Draws.shuffle(free, random);
    addRoot(free.removeLast());
    int others = distractors;
    if (others > 0 && random.nextDouble() < SECOND_ROOT) {
      addRoot(free.removeLast());
      others--;
    }
    String last = known.getFirst();
    for (int left = level + others, chain = level; left > 0; left--) {
      boolean inChain = random.nextInt(left) < chain;
      String name = free.removeLast();
      boolean aside = tangled && random.nextDouble() < SIDE_BRANCH;
      addComputed(name, inChain && !aside ? last : Draws.one(known, random));
      if (inChain) {
        last = name;
        chain--;
      }
    }
    question = last;
  }

  /** The clauses, each after those that it uses. */
  List<Clause> clauses() {
    return clauses;
  }

  /** The last name of the chain. */
  String question() {
    return question;
  }

  private void addRoot(String name) {
    int value = random.nextInt(MIN_ROOT, MAX_ROOT + 1);
    add(new Clause.Root(name, value), value);
  }

  private void add(Clause clause, int value) {
    clauses.add(clause);
    known.add(clause.name());
    values.put(clause.name(), value);
  }

  private int value(String name) {
    return values.getOrDefault(name, 0);
  }

  /** Adds a quantity that is computed from {@code other}, by one of the relations that keep it in range. */
  private void addComputed(String name, String other) {
    int value = value(other);
    List<String> partners = partners(other);
    switch (Draws.one(relations(value, !partners.isEmpty()), random)) {
      case MORE -> {
        int amount = random.nextInt(2, Math.min(MAX_AMOUNT, MAX_VALUE - value) + 1);
        add(new Clause.More(name, amount, other), value + amount);
      }
      case FEWER -> {
        int amount = random.nextInt(2, Math.min(MAX_AMOUNT, value - 1) + 1);
        add(new Clause.Fewer(name, amount, other), value - amount);
      }
      case TIMES -> {
        int factor = random.nextInt(2, Math.min(MAX_FACTOR, MAX_VALUE / value) + 1);
        add(new Clause.Times(name, factor, other), value * factor);
      }
      case HALF -> add(new Clause.Half(name, other), value / 2);
      case TOGETHER -> {
        String partner = Draws.one(partners, random);
        add(new Clause.Together(name, other, partner), value + value(partner));
      }
    }
  }

  /** Who may be added to {@code other}: the latest one, or anyone if tangled, as long as the sum is in range. */
  private List<String> partners(String other) {
    List<String> others = known.stream().filter(name -> !name.equals(other)).toList();
    return others.subList(tangled ? 0 : Math.max(0, others.size() - 1), others.size()).stream()
        .filter(partner -> value(partner) + value(other) <= MAX_VALUE)
        .toList();
  }

  private enum Relation {
    MORE,
    FEWER,
    TIMES,
    HALF,
    TOGETHER
  }

  /** The relations that a quantity of {@code value} allows, as often as their weight. */
  private List<Relation> relations(int value, boolean hasPartner) {
    List<Relation> relations = new ArrayList<>();
    add(Relation.MORE, value <= 90 ? 2 : 0, relations);
    add(Relation.FEWER, value >= 5 ? 2 : 0, relations);
    add(Relation.TIMES, value <= 33 ? 2 : 0, relations);
    add(Relation.TOGETHER, hasPartner ? sums() : 0, relations);
    add(Relation.HALF, value % 2 == 0 ? 1 : 0, relations);
    return relations;
  }

  private int sums() {
    return tangled ? TANGLED_SUMS : SUMS;
  }

  private static void add(Relation relation, int weight, List<Relation> relations) {
    relations.addAll(Collections.nCopies(weight, relation));
  }
}
