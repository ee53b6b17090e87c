/**
 * JSON texts, read by streaming and never as a tree.
 *
 * <p>Knows: RFC 8259, and how a text is unescaped. Must not know: what any member means. Fed with payloads by
 * {@code dialect}. {@link io.phaseline.json.JsonCursor} is all that the dialects see. {@code ByteCursor} reads
 * where the bytes lie; {@code JacksonCursor}, the only class that knows Jackson, judges what the byte cursor refuses.
 * {@link io.phaseline.json.StringDecoder} unescapes strings for the byte cursor and whoever finds them by other means.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.json;
