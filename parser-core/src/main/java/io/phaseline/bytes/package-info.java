/**
 * Views of someone else's bytes.
 *
 * <p>Knows: where text lies and how long it is good for. Must not know: what the text means. Fed by nobody: every
 * other room imports this one, and it imports none.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.bytes;
