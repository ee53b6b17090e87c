/**
 * A server that replays captures as if it were the real endpoint, for testing clients.
 *
 * <p>{@link io.phaseline.netty.server.ReplayServer} is the door. It answers HTTP/1.1 and HTTP/2 (prior knowledge and
 * {@code Upgrade: h2c}; over TLS by ALPN) on one port:
 *
 * <pre>
 *  path                                                       dialect
 *  /api/v1/services/aigc/text-generation/generation           DashScope: POST with X-DashScope-SSE: enable
 *  /api/v1/services/aigc/multimodal-generation/generation     DashScope
 *  /compatible-mode/v1/chat/completions, /v1/chat/completions Chat Completions: POST with "stream":true
 *  /compatible-mode/v1/responses, /v1/responses,              Responses: POST with "stream":true
 *  /api/v2/apps/protocols/compatible-mode/v1/responses
 * </pre>
 *
 * <p>The captures of the path's dialect are served in turn; one whose dialect its bytes do not tell is served at every
 * path. A request may choose for itself, by a query parameter or by a header:
 *
 * <pre>
 *  ?capture=NAME   X-Phaseline-Capture: NAME     this capture, whatever its dialect
 *  ?cut=N          X-Phaseline-Cut: N            at most N bytes of the body in one write
 *  ?pace=PACE      X-Phaseline-Pace: PACE        at-once, recorded, or tokens per second
 *  ?fault=FAULT    X-Phaseline-Fault: FAULT      KIND@FRAME, see Fault; none
 * </pre>
 *
 * <p>Whatever else is asked gets an error as the dialect writes it: 400, 401, 404, 405, 413 with a JSON body.
 *
 * <p>Knows: HTTP, and where the frames of a capture lie. Must not know: what the frames mean.
 *
 * <pre>
 *  request --&gt; ReplayHandler --Capture, Plan--&gt; ScriptWriter --Script--&gt; ScriptPlayer --&gt; network writes
 *              which capture, how?             what is sent, and when      as fast as the client reads
 * </pre>
 */
@NullMarked
package io.phaseline.netty.server;

import org.jspecify.annotations.NullMarked;
