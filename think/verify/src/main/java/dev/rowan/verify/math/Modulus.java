package dev.rowan.verify.math;

import java.math.BigInteger;
import java.util.Optional;

/** Residues: a value counted modulo a number, as a quantity with the unit {@code mod 7}. */
final class Modulus {

  private static final String MOD = "mod ";

  private Modulus() {}

  /** The unit for a modulus as it is written. */
  static String unit(String modulus) {
    return MOD + modulus;
  }

  static boolean is(String unit) {
    return unit.startsWith(MOD);
  }

  /** The residue of {@code value}, from 0 to one below the modulus; empty if one of both is no whole number. */
  static Optional<Rational> residue(Rational value, String unit) {
    String modulus = unit.substring(MOD.length());
    return value.isWhole() && modulus.matches("[1-9][0-9]{0,18}")
        ? Optional.of(Rational.of(value.above().mod(new BigInteger(modulus))))
        : Optional.empty();
  }
}
