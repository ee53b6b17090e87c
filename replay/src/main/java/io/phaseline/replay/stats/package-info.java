/**
 * What happened in many streams: one stream heard gives a record, records add up to totals, totals are written.
 *
 * <p>Knows: what to count, how tokens and times belong to phases (docs/metrics.md), what is kept apart and what is folded
 * together, how totals are carried from one process to the next. Must not know: files, threads, terminals, or how a
 * page looks. It is fed by the parser's events, and by whoever reads the inputs and knows where a stream stands.
 *
 * <pre>
 *  events --&gt; StreamStats --StreamRecord--&gt; Totals --&gt; SummaryText | TotalsJson | page
 *             phases, tokens, times    |    merge, write, read
 *                                      +--&gt; RecordLines | RecordTable: a line per stream
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay.stats;
