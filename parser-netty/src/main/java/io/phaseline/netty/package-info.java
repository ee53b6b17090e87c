/** Handlers that read the event streams of language models on a channel. */
@NullMarked
package io.phaseline.netty;

import org.jspecify.annotations.NullMarked;
