/**
 * Frames remembered, so that the next one need only be compared with them.
 *
 * <p>Two frames in a row of one stream are almost the same bytes. A {@link io.phaseline.template.Template} is the last
 * frame of its form: its bytes, and in them the <i>spans</i> of all values that a frame of the same form may have other
 * than it: strings, numbers, values that are skipped. A frame matches if it is equal outside the spans, and a JSON value
 * of the same kind stands in each of them. Then it would be read exactly as the template was, but for the values that
 * changed: those are read from where they lie and put where the template's went ({@code TextValue},
 * {@code NumberValue}).
 *
 * <pre>
 * id:21\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":"","reasoning_content":"The
 *    ~~                                                                             ..                          ~~~
 * run slot                        run                                                                           slot
 * </pre>
 *
 * <p>A span whose value changes again and again ({@code ~}) is a <i>slot</i>: it is read. All others ({@code .}) are
 * compared along with the bytes around them, by {@code Arrays.mismatch}; where the first difference lies in one of them,
 * its new value is read and becomes part of the template, so that a template follows its stream.
 *
 * <p>Knows: bytes, lines, JSON values. Must not know: what they mean. Whatever is not certain here (a number with a
 * fraction where there was none, ill-formed UTF-8, a lone surrogate, another form) does not match, and the frame is read
 * in the ordinary way; it is then learnt by {@link io.phaseline.template.TemplateLearner}, which reads it once more and
 * notes where each value lies.
 *
 * <p>Where a template follows itself, a {@link io.phaseline.template.Refrain} has its bytes from its first slot round to
 * that slot in the next frame: most of a stream is then one comparison and one slot a frame.
 *
 * <p>{@link io.phaseline.template.FrameMatcher} can stop anywhere in a frame when an input ends and go on in the next:
 * only the values of slots are copied. If the frame turns out not to match, what was taken of it is put together again.
 */
@org.jspecify.annotations.NullMarked
package io.phaseline.template;
