package io.phaseline.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream, everything joined: what {@link ResultAccumulator} makes of its events.
 *
 * @param stream which stream of the input, from 1
 * @param dialect the wire format, null when nothing tells it
 * @param id the stream's id, null when not sent
 * @param model the model's name, null when not sent
 * @param outcome how it ended
 * @param phases the phases of choice 0 in the order they were entered
 * @param reasoning the reasoning of choice 0
 * @param content the answer of choice 0
 * @param refusal the refusal of choice 0
 * @param toolCalls every call in order of first appearance
 * @param finishReason the wire's word for why choice 0 ended, null when none came
 * @param usage the last value of each counter, null when none was sent
 * @param errors every error with its place
 * @param frames frames of the stream
 * @param bytes bytes of the input that belong to the stream
 * @param choices all choices by index, where there is more than choice 0; else empty
 */
public record StreamResult(
        int stream,
        @Nullable Dialect dialect,
        @Nullable String id,
        @Nullable String model,
        Outcome outcome,
        List<Phase> phases,
        String reasoning,
        String content,
        String refusal,
        List<ToolCall> toolCalls,
        @Nullable String finishReason,
        @Nullable Usage usage,
        List<PlacedError> errors,
        long frames,
        long bytes,
        List<Choice> choices) {

    /**
     * A tool call as it stands at the end; a field never sent is null.
     *
     * @param index position in order of first appearance
     * @param type what the tool is
     * @param id the call's identity
     * @param name the function's or tool's name
     * @param code the program
     * @param arguments the arguments, JSON as text
     * @param output what the tool printed
     */
    public record ToolCall(
            int index,
            String type,
            @Nullable String id,
            @Nullable String name,
            @Nullable String code,
            @Nullable String arguments,
            @Nullable String output) {}

    /**
     * An error and where it stands.
     *
     * @param error what
     * @param frame which frame, from 1
     * @param offset bytes from the start of the input to the frame
     */
    public record PlacedError(ErrorReport error, long frame, long offset) {}

    /**
     * One of several choices.
     *
     * @param index the wire's index
     * @param reasoning its reasoning
     * @param content its answer
     * @param finishReason why it ended, null when no reason came
     */
    public record Choice(
            int index,
            String reasoning,
            String content,
            @Nullable String finishReason) {}
}
