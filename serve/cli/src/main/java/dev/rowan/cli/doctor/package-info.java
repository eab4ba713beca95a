/**
 * What this machine offers Rowan, and what is lost where something is missing.
 *
 * <p>{@link dev.rowan.cli.doctor.Hardware}, {@link dev.rowan.cli.doctor.Software} and {@link
 * dev.rowan.cli.doctor.Models} look at a {@link dev.rowan.cli.doctor.Host} and return {@link
 * dev.rowan.cli.doctor.Finding}s; {@link dev.rowan.cli.doctor.Diagnosis} puts them into a table and says whether Rowan
 * can work here.
 */
@NullMarked
package dev.rowan.cli.doctor;

import org.jspecify.annotations.NullMarked;
