package io.phaseline.json;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The members that some dialect reads, under their own names. What a name means is found out once, when it is met for
 * the first time; from then on a reader decides by a number rather than by a string.
 */
public enum Member {
    /** Any other. */
    OTHER,
    /** {@code arguments}. */
    ARGUMENTS,
    /** {@code call_id}. */
    CALL_ID,
    /** {@code choices}. */
    CHOICES,
    /** {@code code}. */
    CODE,
    /** {@code code_interpreter}. */
    CODE_INTERPRETER,
    /** {@code completion_tokens}. */
    COMPLETION_TOKENS,
    /** {@code completion_tokens_details}. */
    COMPLETION_TOKENS_DETAILS,
    /** {@code content}. */
    CONTENT,
    /** {@code content_index}. */
    CONTENT_INDEX,
    /** {@code delta}. */
    DELTA,
    /** {@code error}. */
    ERROR,
    /** {@code fininshed}. */
    FININSHED,
    /** {@code fininshed_reason}. */
    FININSHED_REASON,
    /** {@code finish_reason}. */
    FINISH_REASON,
    /** {@code function}. */
    FUNCTION,
    /** {@code function_call}. */
    FUNCTION_CALL,
    /** {@code id}. */
    ID,
    /** {@code incomplete_details}. */
    INCOMPLETE_DETAILS,
    /** {@code index}. */
    INDEX,
    /** {@code input}. */
    INPUT,
    /** {@code input_tokens}. */
    INPUT_TOKENS,
    /** {@code input_tokens_details}. */
    INPUT_TOKENS_DETAILS,
    /** {@code item}. */
    ITEM,
    /** {@code item_id}. */
    ITEM_ID,
    /** {@code message}. */
    MESSAGE,
    /** {@code model}. */
    MODEL,
    /** {@code models}. */
    MODELS,
    /** {@code model_name}. */
    MODEL_NAME,
    /** {@code name}. */
    NAME,
    /** {@code object}. */
    OBJECT,
    /** {@code output}. */
    OUTPUT,
    /** {@code outputs}. */
    OUTPUTS,
    /** {@code output_index}. */
    OUTPUT_INDEX,
    /** {@code output_tokens}. */
    OUTPUT_TOKENS,
    /** {@code output_tokens_details}. */
    OUTPUT_TOKENS_DETAILS,
    /** {@code part}. */
    PART,
    /** {@code phase}. */
    PHASE,
    /** {@code plugins}. */
    PLUGINS,
    /** {@code prompt_tokens}. */
    PROMPT_TOKENS,
    /** {@code prompt_tokens_details}. */
    PROMPT_TOKENS_DETAILS,
    /** {@code reasoning}. */
    REASONING,
    /** {@code reasoning_content}. */
    REASONING_CONTENT,
    /** {@code reasoning_details}. */
    REASONING_DETAILS,
    /** {@code refusal}. */
    REFUSAL,
    /** {@code request_id}. */
    REQUEST_ID,
    /** {@code response}. */
    RESPONSE,
    /** {@code role}. */
    ROLE,
    /** {@code search_info}. */
    SEARCH_INFO,
    /** {@code sequence_number}. */
    SEQUENCE_NUMBER,
    /** {@code status_code}. */
    STATUS_CODE,
    /** {@code summary}. */
    SUMMARY,
    /** {@code summary_index}. */
    SUMMARY_INDEX,
    /** {@code text}. */
    TEXT,
    /** {@code tool_calls}. */
    TOOL_CALLS,
    /** {@code tool_info}. */
    TOOL_INFO,
    /** {@code total_tokens}. */
    TOTAL_TOKENS,
    /** {@code type}. */
    TYPE,
    /** {@code usage}. */
    USAGE,
    /** {@code x_tools}. */
    X_TOOLS;

    private static final Map<String, Member> BY_NAME = new HashMap<>();

    static {
        for (Member member : values()) {
            if (member != OTHER) {
                BY_NAME.put(member.name().toLowerCase(Locale.ROOT), member);
            }
        }
    }

    /** The member of that name. */
    static Member of(String name) {
        return BY_NAME.getOrDefault(name, OTHER);
    }
}
