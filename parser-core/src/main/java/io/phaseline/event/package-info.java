/**
 * Everything a caller can be handed: the listener, the events, and the result they add up to.
 *
 * <p>Knows: what a reply means. Must not know: how it was written on the wire. Every other room but {@code bytes}
 * feeds it, none is imported by it.
 *
 * <p>Two forms of each thing: what a {@link io.phaseline.event.StreamListener} is lent is a view and dies with the
 * call; a {@link io.phaseline.event.StreamEvent} is a record and may be kept.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.event;
