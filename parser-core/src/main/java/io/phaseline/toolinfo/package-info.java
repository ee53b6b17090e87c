/**
 * What changed in the tool calls of a stream.
 *
 * <p>Knows: every text of every call as it was last heard. Must not know: which dialect said so, or which phase follows
 * from it. Fed by {@code StreamParser} with what a dialect says of a call; gives back one difference at a time. In
 * recorded streams {@code tool_info} repeats in every later chunk, so its presence means nothing and its change is the
 * signal.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.toolinfo;
