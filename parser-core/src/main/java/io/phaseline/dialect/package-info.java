/**
 * The wire formats: what a chunk says, in words that are the same for all of them.
 *
 * <p>Knows: member names, and the habits of servers. Must not know: what a tool said before, in which phase the reply
 * is, who listens. Fed with payloads by {@code StreamParser}; feeds {@link io.phaseline.dialect.Signals}.
 *
 * <p>Each dialect is one {@link io.phaseline.dialect.ChunkReader} with two steps. {@code read} takes one payload apart
 * into fields, changes nothing else, and is void if the payload turns out not to be JSON. {@code deliver} says what
 * those fields mean, with the memory that the dialect needs for it (which call does this fragment belong to, which
 * text did this item already give). A faster reader of the same chunks replaces the first step only.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.dialect;
