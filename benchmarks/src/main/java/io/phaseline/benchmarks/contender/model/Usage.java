package io.phaseline.benchmarks.contender.model;

import com.dslplatform.json.CompiledJson;

/** Counters of DashScope's native chunks and of Responses. */
@CompiledJson
@SuppressWarnings("MemberName")
public final class Usage {
    public long input_tokens;
    public long output_tokens;
    public long total_tokens;
    public Details output_tokens_details;

    @CompiledJson
    public static final class Details {
        public long reasoning_tokens;
    }
}
