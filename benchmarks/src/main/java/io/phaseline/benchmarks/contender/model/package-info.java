/**
 * Plain objects for libraries that bind JSON to classes: only the members that the job needs, named as on the wire.
 *
 * <p>Not {@code @NullMarked}: binders leave any field null, and what is read out of them goes into methods that take it.
 */
package io.phaseline.benchmarks.contender.model;
