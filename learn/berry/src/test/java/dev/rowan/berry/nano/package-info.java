/** Tests of how the shipped models are made. */
@NullMarked
package dev.rowan.berry.nano;

import org.jspecify.annotations.NullMarked;
