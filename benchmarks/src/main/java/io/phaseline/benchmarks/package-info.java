/**
 * One class per question, run by JMH.
 *
 * <p>Knows the corpora and the contenders; holds no parser code of its own. Feeds {@code report}.
 *
 * <p>Not {@code @NullMarked}: the fields of a benchmark are filled by JMH, behind every checker's back.
 */
package io.phaseline.benchmarks;
