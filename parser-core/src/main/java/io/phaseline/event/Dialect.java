package io.phaseline.event;

/** The wire formats a stream of chunks can be written in. */
public enum Dialect {
    /** DashScope's native frames: {@code output}, {@code usage}, {@code request_id}. */
    DASHSCOPE,
    /** OpenAI Chat Completions: {@code choices[].delta}, {@code [DONE]}. */
    CHAT,
    /** OpenAI Responses: typed {@code response.*} events. */
    RESPONSES
}
