/** What the fuzzers need of the command line's walled rooms. */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay;
