/**
 * The door: {@link io.phaseline.StreamParser} and its options. Bytes in, meaning out; no I/O inside.
 *
 * <h2>The map</h2>
 *
 * <pre>
 *  input --&gt; sse --frame--&gt; dialect --signals--&gt; toolinfo --changes--&gt; phase --&gt; event.StreamListener
 *    |       lines, fields  DashScope|Chat|      what changed?         table     (views, records, result)
 *    |                      Responses (json)
 *    '--&gt; template: like an earlier frame? --^
 * </pre>
 *
 * <p>Five words, used one way each: <em>input</em> is bytes handed to {@code feed}, cut anywhere; a <em>frame</em> is
 * one block of the event stream up to its blank line; a <em>chunk</em> is the JSON object carried by a frame; a
 * <em>phase</em> is where the reply stands; an <em>event</em> is what the listener hears.
 *
 * <p><b>Lifetime.</b> Whatever a listener is lent is valid until its method returns.
 *
 * <p><b>Threads.</b> One parser, one input, one thread at a time. Handing a parser from thread to thread needs a
 * happens-before edge (as a subscriber gives); calling it from two at once is refused where it is noticed.
 *
 * <p><b>Errors.</b> Nothing on the wire is thrown: it is heard as {@code onError} or {@code onAnomaly}. Misuse by the
 * caller is thrown: {@link java.lang.IllegalStateException}, {@link java.lang.IllegalArgumentException}.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline;
