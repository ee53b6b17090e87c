/**
 * The flow of {@code replay}: inputs in, results out, on all cores and in a stable order.
 *
 * <p>Knows: what is read by whom and when, where a file may be cut, what to do after a kill. Must not know: commands,
 * standard output, or what is counted; that is {@code stats}. Fed by {@code input}.
 *
 * <pre>
 *  Input --&gt; WorkUnits --WorkUnit--&gt; UnitReader --Found--&gt; RecordQueue --&gt; Flow --in order--&gt; Results
 *            whole, or ranges        on a worker           bounded                     totals, lines, checkpoint
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay.flow;
