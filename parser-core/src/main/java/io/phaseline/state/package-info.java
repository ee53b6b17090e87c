/**
 * The byte form of a parser's state.
 *
 * <p>Knows: how numbers, texts and counts are written and read back. Must not know: what they mean. Every room that
 * keeps something between two feeds writes it here, in its own {@code save}, and reads it in its own {@code load}.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.state;
