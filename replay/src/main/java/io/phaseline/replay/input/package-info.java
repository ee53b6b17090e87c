/**
 * What there is to read: files, folders, patterns of file names, standard input; through gzip and Zstandard; and whether
 * it is a stream at all.
 *
 * <p>Knows: the file system and compression. Must not know: what the bytes mean, commands, or terminals. The commands
 * and the flow of {@code replay} feed from here.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.replay.input;
