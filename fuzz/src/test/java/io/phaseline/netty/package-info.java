/** What the fuzzers need of the handlers' tests. */
@org.jspecify.annotations.NullMarked
package io.phaseline.netty;
