/**
 * JSON texts, read by streaming and never as a tree.
 *
 * <p>Knows: RFC 8259, and how a text is unescaped. Must not know: what any member means. Fed with payloads by
 * {@code dialect}. {@link io.phaseline.json.JsonCursor} is the only thing the other rooms see; Jackson is seen by
 * {@code JacksonCursor} alone, so that a faster reader can take its place.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.json;
