/**
 * What a run leaves to read: {@code summary.json} for programs and {@code report.html} for people.
 *
 * <p>A {@link dev.rowan.berry.report.Summary} holds every figure of a run, checked when it is made: rates within [0, 1],
 * intervals around their values, funnels that add up. {@link dev.rowan.berry.report.SummaryFile} reads and writes it. A
 * {@link dev.rowan.berry.report.Story} is the material that figures cannot show: chains of thought before and after the
 * training, and the tree of one search. {@link dev.rowan.berry.report.Report} sets both into one page that needs no
 * network: template, style, scripts and the chart library stand beside this package as resources and are inlined.
 *
 * <p>Text that a model wrote is data to the page. It travels as JSON that cannot end its script element, and reaches the
 * document as text alone.
 */
@NullMarked
package dev.rowan.berry.report;

import org.jspecify.annotations.NullMarked;
