/** What the tests of several modules share: a fake endpoint that streams, and fails in all the ways that real ones do. */
@NullMarked
package dev.rowan.testkit;

import org.jspecify.annotations.NullMarked;
