@NullMarked
package dev.rowan.verify.smt;

import org.jspecify.annotations.NullMarked;
