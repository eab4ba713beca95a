@NullMarked
package dev.rowan.verify.lean;

import org.jspecify.annotations.NullMarked;
