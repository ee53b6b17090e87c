/**
 * Handlers that read the event streams of language models on a channel: the same meaning as {@link io.phaseline}, on the
 * event loop.
 *
 * <pre>
 *  HttpResponse, HttpContent      (behind HttpClientCodec [HttpContentDecompressor], or Http2StreamFrameToHttpObjectCodec)
 *  Http2HeadersFrame, -DataFrame  (on an HTTP/2 child channel)
 *  ByteBuf                        (no HTTP at all: the bytes end with the connection)
 *     |
 *     +--&gt; StreamParserHandler ------&gt; a StreamListener, within the read; nothing is retained
 *     +--&gt; StreamEventHandler -------&gt; StreamEvent messages to the next handler
 *     |       +--&gt; StreamEventPublisher --&gt; a Flow.Subscriber
 *     +--&gt; EventStreamFrameHandler --&gt; RawFrame messages to the next handler: bytes, not read
 * </pre>
 *
 * <p>Knows: channels, buffers, how bodies begin and end. Must not know: what the bytes mean. Feeds
 * {@link io.phaseline.StreamParser}.
 *
 * <p><b>One handler, one response.</b> A handler is made for one response and cannot be shared. What is none of the
 * messages above is passed on, and so is everything that comes after the response: on a connection that is kept alive,
 * take the handler out and add another one for the next.
 *
 * <p><b>Bytes.</b> Buffers of any kind are read where they lie, composite ones component by component, and released. A
 * frame that lies inside one buffer is not copied.
 *
 * <p><b>Reads.</b> With auto-read on, everything is heard as it comes. With auto-read off, a read that brought nothing
 * to hear is followed by another one, made by the handler. {@link io.phaseline.netty.StreamEventHandler} and
 * {@link io.phaseline.netty.EventStreamFrameHandler} then fire one message for each {@code read()} and read the network
 * only when none is left: a consumer is at most one network read ahead, however fast the server writes.
 *
 * <p><b>Ends.</b> All handlers end alike, and like {@link io.phaseline.adapter}; once in any case.
 *
 * <table>
 * <caption>What is heard</caption>
 * <tr><th>what happens</th><th>what is heard</th><th>then</th></tr>
 * <tr><td>the body is over</td><td>the end of the stream, as the bytes tell it</td><td></td></tr>
 * <tr><td>the reply is over before the body is ({@code [DONE]})</td><td>the end of the stream</td>
 *     <td>the rest of the body is read and dropped; more than 64 KiB of it close the channel</td></tr>
 * <tr><td>the body breaks off: reset, closed too soon, TLS without close_notify, idle for too long, a message that
 *     cannot be decoded</td><td>the end of the stream (truncated, unless it was complete), then the failure</td>
 *     <td>the channel is closed</td></tr>
 * <tr><td>this side closes the channel, or the listener throws</td><td>nothing more</td><td>the channel is closed; an
 *     HTTP/2 stream is reset with CANCEL</td></tr>
 * </table>
 *
 * <p>A response of any status and content type is read: what the bytes are decides, and an error body is heard as an
 * error with the response's status. Informational responses (1xx) are passed over.
 *
 * <p>{@link io.phaseline.netty.ResponseSignal}s tell the next handlers when the reply, and when its body is over.
 *
 * <p><b>Time.</b> No handler has a clock. An {@link io.netty.handler.timeout.IdleStateHandler} before it makes a
 * response fail when the server is silent, as long as somebody waits for it: time that passes because nobody reads does
 * not count.
 */
@NullMarked
package io.phaseline.netty;

import org.jspecify.annotations.NullMarked;
