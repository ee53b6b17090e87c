/**
 * What client and server have in common: the paths of the dialects, and how an event loop is made.
 *
 * <p>Knows: HTTP as the three dialects use it. Must not know: requests or replies. Feeds {@code client} and
 * {@code server}; not exported.
 */
@NullMarked
package io.phaseline.netty.wire;

import org.jspecify.annotations.NullMarked;
