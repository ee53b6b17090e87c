/**
 * The phases of a reply.
 *
 * <p>Knows: which signal leads from which phase to which ({@link io.phaseline.phase.PhaseTable}), and where a choice
 * stands ({@link io.phaseline.phase.PhaseMachine}). Must not know: bytes, JSON, dialects. Fed with signals by
 * {@code StreamParser}, after {@code dialect} and {@code toolinfo} have found out what is new.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.phase;
