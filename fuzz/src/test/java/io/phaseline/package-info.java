/** What the fuzzers need of the door's walled rooms. */
@org.jspecify.annotations.NullMarked
package io.phaseline;
