/**
 * Made-up conversations in the three wire formats, whose totals are known because they were counted while writing.
 *
 * <p>Knows the documented shapes; must not know any parser. Feeds the contenders.
 */
@NullMarked
package io.phaseline.benchmarks.corpus;

import org.jspecify.annotations.NullMarked;
