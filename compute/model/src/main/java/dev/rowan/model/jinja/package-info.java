/**
 * Jinja as Python renders it, on Jinjava: {@link dev.rowan.model.jinja.PythonJinja} is the engine, {@link
 * dev.rowan.model.jinja.PythonParser} reads expressions, {@link dev.rowan.model.jinja.PythonOperator} computes them, and
 * {@link dev.rowan.model.jinja.PythonStrings} has the methods of strings.
 */
@NullMarked
package dev.rowan.model.jinja;

import org.jspecify.annotations.NullMarked;
