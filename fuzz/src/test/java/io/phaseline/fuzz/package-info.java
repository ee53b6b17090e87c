/**
 * Everything that attacks the parser: one {@code *Fuzzer} a door, and what they share. Nothing here is published.
 *
 * <p>The bytes of a fuzzer are taken apart by {@link io.phaseline.fuzz.FuzzInput} into an input, how to read it and how
 * to hand it over; {@link io.phaseline.fuzz.FrameVariations} makes streams of frames that are nearly the same;
 * {@link io.phaseline.fuzz.Judge} holds what was heard against the reference parser.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.fuzz;
