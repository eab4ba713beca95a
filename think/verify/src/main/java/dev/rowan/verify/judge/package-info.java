/**
 * Models that judge answers which no rule can decide.
 *
 * <p>{@link dev.rowan.verify.judge.JudgeVerifier} asks rules first, turns away answers without content, and only then asks
 * a {@link dev.rowan.verify.judge.Chorus} of {@link dev.rowan.verify.judge.Judge}s, who vote by a {@link
 * dev.rowan.verify.judge.Quorum} and may abstain. {@link dev.rowan.verify.judge.PolicyJudge} makes a judge of any policy and
 * a rubric; a reply that does not end in a verdict is an abstention, never a "no". {@link
 * dev.rowan.verify.judge.Preference} compares two answers in both orders. {@link dev.rowan.verify.judge.Calibration} says
 * how far any of them can be trusted.
 */
@NullMarked
package dev.rowan.verify.judge;

import org.jspecify.annotations.NullMarked;
