/**
 * Who reads a corpus, and what a contender heard: our parser, and peers put together from a framing and a JSON stage.
 *
 * <p>Knows every parser; must not know how corpora are made or what is done with times. Fed by {@code corpus}.
 */
@NullMarked
package io.phaseline.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
