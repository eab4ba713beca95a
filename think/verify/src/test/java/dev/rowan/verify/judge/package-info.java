@NullMarked
package dev.rowan.verify.judge;

import org.jspecify.annotations.NullMarked;
