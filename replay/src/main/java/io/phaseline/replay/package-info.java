/**
 * The command line: captures in; frames, events, results, pages for people and summaries out.
 *
 * <p>Knows: files, folders, compression, terminals, and how Phaseline's JSON is spelled. It is the only room that may
 * write to standard output. Must not know: what the wire looks like, or what its words mean; whatever is printed here
 * was heard from {@link io.phaseline.StreamParser} or {@link io.phaseline.sse.EventStreamReader}, which feed it.
 *
 * <pre>
 *  FILE… --&gt; Inputs --Input--&gt; InputReader --bytes--&gt; parser --&gt; StreamGate --events--&gt; EventLines | Page | …
 *            folders           gzip, zstd                        is it a stream?        what a command prints
 * </pre>
 *
 * <p>{@code replay} has a flow of its own, in {@code flow}, and counts in {@code stats}.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay;
