/**
 * The slow, obvious parser that judges the real one, and the streams both are tried on.
 *
 * <p>Knows: the standards and docs/decisions.md, read once more and written down in strings and trees. Must not know:
 * how the real parser does it. Fed by the property tests.
 */
package io.phaseline.reference;
