/** Tests of the estimators against enumeration, and of evaluation with a scripted strategy. */
@NullMarked
package dev.rowan.eval;

import org.jspecify.annotations.NullMarked;
