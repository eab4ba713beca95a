/** Tests of the loop, on tiny models that know nothing. */
@NullMarked
package dev.rowan.berry;

import org.jspecify.annotations.NullMarked;
