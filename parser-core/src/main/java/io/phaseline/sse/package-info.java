/**
 * Event streams, exactly by the WHATWG HTML standard: bytes cut anywhere in, frames out.
 *
 * <p>Knows: lines, fields, frames, and where they lie. Must not know: JSON, dialects, phases. Fed by the caller's
 * {@code feed}; feeds {@code dialect} (through {@code StreamParser}) or any {@link io.phaseline.sse.FrameListener}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">Parsing an
 *     event stream</a>
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.sse;
