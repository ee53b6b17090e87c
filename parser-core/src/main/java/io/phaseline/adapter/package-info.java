/**
 * Other ways in: {@code InputStream}, {@code java.net.http}, {@code Flow}, {@code Stream}.
 *
 * <p>Knows: where bytes come from and who asks for more. Must not know: what they mean. Feeds
 * {@link io.phaseline.StreamParser}; imports it and {@code event}, nothing else.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.adapter;
