/**
 * A response body as it was received, in two files: the bytes, and beside them when they came.
 *
 * <pre>
 *  reply.sse               the body's bytes, exactly
 *  reply.sse.times.jsonl   {"at_ns":0,"length":0}                the request was sent
 *                          {"at_ns":412300000,"length":1460}     one line for each network read that brought some of them
 * </pre>
 *
 * <p>Knows: files, and how arrival times are written. Must not know: channels, or what the bytes mean.
 */
@NullMarked
package io.phaseline.netty.recording;

import org.jspecify.annotations.NullMarked;
