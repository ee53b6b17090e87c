/**
 * A page to look at: totals and a few streams as one HTML file that needs nothing else.
 *
 * <p>Knows: how to put data, style and scripts into one page so that nothing a model wrote can become markup. Must not
 * know: how anything was counted. It is fed totals; the page's script draws them with Chart.js.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay.report;
