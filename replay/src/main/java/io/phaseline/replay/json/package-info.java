/**
 * How Phaseline's JSON is spelled, for every command that prints some.
 *
 * <p>Knows: lines of JSON, the words for constants, the members of the contract's {@code result}. Must not know: where
 * results come from, or what they are printed to.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay.json;
