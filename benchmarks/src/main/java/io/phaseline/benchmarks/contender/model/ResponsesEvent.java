package io.phaseline.benchmarks.contender.model;

import com.dslplatform.json.CompiledJson;

/** Event of the Responses format; without the texts that {@code *.done} repeats. */
@CompiledJson
public final class ResponsesEvent {
    public static final String CREATED = "response.created";
    public static final String REASONING_DELTA = "response.reasoning_text.delta";
    public static final String REASONING_SUMMARY_DELTA = "response.reasoning_summary_text.delta";
    public static final String TEXT_DELTA = "response.output_text.delta";
    public static final String ITEM_ADDED = "response.output_item.added";
    public static final String ITEM_DONE = "response.output_item.done";
    public static final String CODE_CALL = "code_interpreter_call";

    public static final String COMPLETED = "response.completed";

    public String type;
    public String delta;
    public Item item;
    public Response response;

    /** Whether nothing more is needed of an event of this type once this member has been read. */
    public static boolean isComplete(String type, String member) {
        return switch (type) {
            case "" -> false;
            case REASONING_DELTA, REASONING_SUMMARY_DELTA, TEXT_DELTA -> member.equals("delta");
            case ITEM_ADDED, ITEM_DONE -> member.equals("item");
            case COMPLETED -> member.equals("response");
            default -> true;
        };
    }

    @CompiledJson
    public static final class Item {
        public String id;
        public String type;
        public String code;
    }

    @CompiledJson
    public static final class Response {
        public String status;
        public Usage usage;
    }
}
