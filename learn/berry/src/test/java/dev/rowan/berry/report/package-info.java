/** Tests of the report, on a run that never was. */
@NullMarked
package dev.rowan.berry.report;

import org.jspecify.annotations.NullMarked;
