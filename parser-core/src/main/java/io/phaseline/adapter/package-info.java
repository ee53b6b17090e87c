/**
 * Other ways in: {@code InputStream}, {@code java.net.http}, {@code Flow}, {@code Stream}.
 *
 * <p>Knows: where bytes come from and who asks for more. Must not know: what they mean. Feeds
 * {@link io.phaseline.StreamParser}; imports it and {@code event}, nothing else.
 *
 * <pre>
 *  from                          to a StreamListener         to StreamEvents, as they are asked for
 *  InputStream                   InputStreamPump             StreamEvents.read      (Stream)
 *  Publisher of byte buffers     StreamSubscriber            StreamEvents.publish   (Publisher)
 *  response of java.net.http     StreamBodies.listener       StreamBodies.stream, .publisher; .result: one StreamResult
 * </pre>
 *
 * <p><b>Ends.</b> All of them end alike. When the input is over the parser is finished, so that the end of the stream
 * is heard. When the input breaks, too: the stream is heard to end (as truncated, unless it was complete), and then the
 * error is given to the caller. When the parser knows that the reply is over ({@code [DONE]}), nobody waits for the
 * connection to close: the rest is not read, and does not count as bytes of the stream. What ends early by the
 * caller's own doing (cancelled, closed, or a listener that throws) is not heard to end.
 *
 * <p><b>Threads.</b> Everything is heard on the thread that brings the bytes or asks for events, one thing at a time;
 * no thread is started here. Only {@link io.phaseline.adapter.StreamBodies} needs the module {@code java.net.http}.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.adapter;
