/** Tests of the strategies, with a scripted policy that adds numbers. */
@NullMarked
package dev.rowan.search;

import org.jspecify.annotations.NullMarked;
