package io.phaseline.replay.stats;

import io.phaseline.event.UsageField;
import java.util.Locale;

/** What one stream gives one value of, and many a distribution. docs/metrics.md has the formulas. */
public enum Metric {
    /** Frames of a stream. */
    FRAMES("frames", Unit.COUNT),
    /** Bytes of a stream. */
    BYTES("bytes", Unit.BYTES),
    /** How often code was executed. */
    CODE_ROUNDS("codeRounds", Unit.COUNT),
    /** Calls of tools, of the server and of the client. */
    TOOL_CALLS("toolCalls", Unit.COUNT),
    /** {@code gen_ai.client.token.usage} of type input. */
    INPUT_TOKENS("inputTokens", Unit.TOKENS),
    /** {@code gen_ai.client.token.usage} of type output. */
    OUTPUT_TOKENS("outputTokens", Unit.TOKENS),
    /** The total as the server says it. */
    TOTAL_TOKENS("totalTokens", Unit.TOKENS),
    /** Output tokens of reasoning. */
    REASONING_TOKENS("reasoningTokens", Unit.TOKENS),
    /** Input tokens from the server's cache. */
    CACHED_TOKENS("cachedTokens", Unit.TOKENS),
    /** {@code gen_ai.client.operation.time_to_first_chunk}. */
    TIME_TO_FIRST_FRAME("timeToFirstFrameNanos", Unit.NANOS),
    /** To the first reasoning text. */
    TIME_TO_FIRST_REASONING("timeToFirstReasoningNanos", Unit.NANOS),
    /** AIPerf's time to first token: to the first text of any kind. */
    TIME_TO_FIRST_TOKEN("timeToFirstTokenNanos", Unit.NANOS),
    /** AIPerf's time to first output token: to the first text that is no reasoning. */
    TIME_TO_FIRST_ANSWER("timeToFirstOutputTokenNanos", Unit.NANOS),
    /** AIPerf's request latency: to the last text. */
    REQUEST_LATENCY("requestLatencyNanos", Unit.NANOS),
    /** From the first frame to the last. */
    DURATION("streamDurationNanos", Unit.NANOS),
    /** AIPerf's inter token latency. */
    INTER_TOKEN_LATENCY("interTokenLatencyNanos", Unit.NANOS),
    /** AIPerf's output token throughput per user. */
    TOKENS_PER_SECOND("outputTokensPerSecond", Unit.MILLI_TOKENS_PER_SECOND);

    /** What values count. */
    public enum Unit {
        /** Things. */
        COUNT,
        /** Bytes. */
        BYTES,
        /** Tokens. */
        TOKENS,
        /** Nanoseconds. */
        NANOS,
        /** Thousandths of a token per second; told in tokens per second. */
        MILLI_TOKENS_PER_SECOND
    }

    private final String key;
    private final Unit unit;

    Metric(String key, Unit unit) {
        this.key = key;
        this.unit = unit;
    }

    /**
     * The member's name in JSON and the column's in CSV.
     *
     * @return camel case, with the unit where it is not plain
     */
    public String key() {
        return key;
    }

    /**
     * What its values count.
     *
     * @return the unit
     */
    public Unit unit() {
        return unit;
    }

    /** Its name for people: {@code time to first frame}. */
    String words() {
        String spaced = key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return unit == Unit.NANOS ? spaced.replace(" nanos", "") : spaced;
    }

    /** Whether arrivals have to be recorded for it to be known. */
    boolean isTime() {
        return unit == Unit.NANOS || unit == Unit.MILLI_TOKENS_PER_SECOND;
    }

    /**
     * The value of one stream.
     *
     * @param record the stream
     * @return a value; -1 where it is not known
     */
    public long of(StreamRecord record) {
        return switch (this) {
            case FRAMES -> record.result().frames();
            case BYTES -> record.result().bytes();
            case CODE_ROUNDS -> record.codeRounds();
            case TOOL_CALLS -> record.result().toolCalls().size();
            case INPUT_TOKENS -> record.usage(UsageField.INPUT_TOKENS);
            case OUTPUT_TOKENS -> record.usage(UsageField.OUTPUT_TOKENS);
            case TOTAL_TOKENS -> record.usage(UsageField.TOTAL_TOKENS);
            case REASONING_TOKENS -> record.usage(UsageField.REASONING_TOKENS);
            case CACHED_TOKENS -> record.usage(UsageField.CACHED_TOKENS);
            case TIME_TO_FIRST_FRAME -> record.timingOrUnknown().toFirstFrame();
            case TIME_TO_FIRST_REASONING -> record.timingOrUnknown().toFirstReasoning();
            case TIME_TO_FIRST_TOKEN -> record.timingOrUnknown().toFirstToken();
            case TIME_TO_FIRST_ANSWER -> record.timingOrUnknown().toFirstAnswer();
            case REQUEST_LATENCY -> record.timingOrUnknown().requestLatency();
            case DURATION -> record.timingOrUnknown().duration();
            case INTER_TOKEN_LATENCY -> record.interTokenNanos();
            case TOKENS_PER_SECOND -> record.milliTokensPerSecond();
        };
    }
}
