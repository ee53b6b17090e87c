/**
 * The headline: what to run, what the targets are, and how the results are written down.
 *
 * <p>Knows benchmarks by name and results by number; must not know how either comes about.
 */
@NullMarked
package io.phaseline.benchmarks.report;

import org.jspecify.annotations.NullMarked;
