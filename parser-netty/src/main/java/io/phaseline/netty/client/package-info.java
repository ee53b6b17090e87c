/**
 * A client that is ready to use.
 *
 * <p>{@link io.phaseline.netty.client.ModelClient} is the door. Knows: connections, time-outs, retries, and how each
 * dialect is asked. Must not know: what the bytes of a reply mean; they go to the handlers of {@code io.phaseline.netty}.
 *
 * <pre>
 *  ModelClient --request, Reply--&gt; Exchange --&gt; Connections: PooledConnections (HTTP/1.1) | MultiplexedConnection (HTTP/2)
 *                                     |                channel
 *              another attempt &lt;--failure-- ResponseGate --head, body--&gt; StreamParserHandler | StreamEventHandler --&gt; ReplyWatch
 *                                           until the first byte          ListenerReply        PublisherReply         body over
 * </pre>
 */
@NullMarked
package io.phaseline.netty.client;

import org.jspecify.annotations.NullMarked;
