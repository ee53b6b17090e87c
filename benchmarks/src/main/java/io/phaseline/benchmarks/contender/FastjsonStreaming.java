package io.phaseline.benchmarks.contender;

import com.alibaba.fastjson2.JSONFactory;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.util.Fnv;
import io.phaseline.benchmarks.contender.model.ResponsesEvent;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * fastjson2's reader, member by member, with names told apart by their hash: no objects but the strings,
 * and nothing read behind the last needed member.
 */
final class FastjsonStreaming extends JsonStage {
    private static final long OUTPUT = Fnv.hashCode64("output");
    private static final long USAGE = Fnv.hashCode64("usage");
    private static final long CHOICES = Fnv.hashCode64("choices");
    private static final long TOOL_INFO = Fnv.hashCode64("tool_info");
    private static final long MESSAGE = Fnv.hashCode64("message");
    private static final long DELTA = Fnv.hashCode64("delta");
    private static final long FINISH_REASON = Fnv.hashCode64("finish_reason");
    private static final long CONTENT = Fnv.hashCode64("content");
    private static final long REASONING_CONTENT = Fnv.hashCode64("reasoning_content");
    private static final long CODE_INTERPRETER = Fnv.hashCode64("code_interpreter");
    private static final long CODE = Fnv.hashCode64("code");
    private static final long INPUT_TOKENS = Fnv.hashCode64("input_tokens");
    private static final long OUTPUT_TOKENS = Fnv.hashCode64("output_tokens");
    private static final long PROMPT_TOKENS = Fnv.hashCode64("prompt_tokens");
    private static final long COMPLETION_TOKENS = Fnv.hashCode64("completion_tokens");
    private static final long TOTAL_TOKENS = Fnv.hashCode64("total_tokens");
    private static final long OUTPUT_DETAILS = Fnv.hashCode64("output_tokens_details");
    private static final long COMPLETION_DETAILS = Fnv.hashCode64("completion_tokens_details");
    private static final long REASONING_TOKENS = Fnv.hashCode64("reasoning_tokens");
    private static final long TYPE = Fnv.hashCode64("type");
    private static final long ITEM = Fnv.hashCode64("item");
    private static final long ID = Fnv.hashCode64("id");
    private static final long RESPONSE = Fnv.hashCode64("response");
    private static final long STATUS = Fnv.hashCode64("status");

    private final Dialect dialect;
    private final JSONReader.Context context = JSONFactory.createReadContext();
    private final CodeItems items = new CodeItems();

    FastjsonStreaming(Dialect dialect, Tally tally) {
        super(tally);
        this.dialect = dialect;
    }

    @Override
    void chunk(byte[] bytes, int offset, int length) throws IOException {
        try (JSONReader reader = JSONReader.of(bytes, offset, length, StandardCharsets.UTF_8, context)) {
            chunk(reader);
        }
    }

    @Override
    void chunk(String text) throws IOException {
        try (JSONReader reader = JSONReader.of(text, context)) {
            chunk(reader);
        }
    }

    private void chunk(JSONReader reader) throws IOException {
        if (!reader.nextIfObjectStart()) {
            throw new IOException("a chunk is an object");
        }
        if (dialect == Dialect.RESPONSES) {
            event(reader);
            return;
        }
        int needed = 2;
        while (needed > 0 && !reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == OUTPUT) {
                output(reader);
                needed--;
            } else if (name == CHOICES) {
                choices(reader);
                needed--;
            } else if (name == USAGE) {
                usage(reader);
                needed--;
            } else {
                reader.skipValue();
            }
        }
    }

    private void output(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == CHOICES) {
                choices(reader);
            } else if (name == TOOL_INFO) {
                toolInfo(reader);
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }

    private void choices(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfArrayStart();
        while (!reader.nextIfArrayEnd()) {
            reader.nextIfObjectStart();
            while (!reader.nextIfObjectEnd()) {
                long name = reader.readFieldNameHashCode();
                if (name == MESSAGE || name == DELTA) {
                    texts(reader);
                } else if (name == FINISH_REASON) {
                    tally.finish(reader.readString());
                } else {
                    reader.skipValue();
                }
            }
            reader.nextIfComma();
        }
        reader.nextIfComma();
    }

    private void texts(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == CONTENT) {
                tally.content(reader.readString());
            } else if (name == REASONING_CONTENT) {
                tally.reasoning(reader.readString());
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }

    private void toolInfo(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfArrayStart();
        for (int index = 0; !reader.nextIfArrayEnd(); index++) {
            reader.nextIfObjectStart();
            while (!reader.nextIfObjectEnd()) {
                if (reader.readFieldNameHashCode() == CODE_INTERPRETER) {
                    interpreter(index, reader);
                } else {
                    reader.skipValue();
                }
            }
            reader.nextIfComma();
        }
        reader.nextIfComma();
    }

    private void interpreter(int index, JSONReader reader) {
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            if (reader.readFieldNameHashCode() == CODE) {
                tally.code(index, reader.readString());
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }

    private void usage(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == INPUT_TOKENS || name == PROMPT_TOKENS) {
                tally.inputTokens(reader.readInt64Value());
            } else if (name == OUTPUT_TOKENS || name == COMPLETION_TOKENS) {
                tally.outputTokens(reader.readInt64Value());
            } else if (name == TOTAL_TOKENS) {
                tally.totalTokens(reader.readInt64Value());
            } else if (name == OUTPUT_DETAILS || name == COMPLETION_DETAILS) {
                details(reader);
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }

    private void details(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            if (reader.readFieldNameHashCode() == REASONING_TOKENS) {
                tally.reasoningTokens(reader.readInt64Value());
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }

    private void event(JSONReader reader) {
        String type = "";
        String delta = null;
        ResponsesEvent.Item item = null;
        String member = "";
        while (!ResponsesEvent.isComplete(type, member) && !reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            member = "other";
            if (name == TYPE) {
                type = reader.readString();
            } else if (name == DELTA) {
                delta = reader.readString();
                member = "delta";
            } else if (name == ITEM) {
                item = item(reader);
                member = "item";
            } else if (name == RESPONSE) {
                response(reader);
                member = "response";
            } else {
                reader.skipValue();
            }
        }
        tell(type, delta, item);
    }

    private void tell(String type, @Nullable String delta, ResponsesEvent.@Nullable Item item) {
        switch (type) {
            case ResponsesEvent.CREATED -> items.clear();
            case ResponsesEvent.REASONING_DELTA, ResponsesEvent.REASONING_SUMMARY_DELTA -> tally.reasoning(delta);
            case ResponsesEvent.TEXT_DELTA -> tally.content(delta);
            case ResponsesEvent.ITEM_ADDED, ResponsesEvent.ITEM_DONE -> {
                if (item != null && ResponsesEvent.CODE_CALL.equals(item.type)) {
                    tally.code(items.index(item.id), item.code);
                }
            }
            default -> {}
        }
    }

    private static ResponsesEvent.@Nullable Item item(JSONReader reader) {
        if (reader.nextIfNull()) {
            return null;
        }
        ResponsesEvent.Item item = new ResponsesEvent.Item();
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == TYPE) {
                item.type = reader.readString();
            } else if (name == ID) {
                item.id = reader.readString();
            } else if (name == CODE) {
                item.code = reader.readString();
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
        return item;
    }

    private void response(JSONReader reader) {
        if (reader.nextIfNull()) {
            return;
        }
        reader.nextIfObjectStart();
        while (!reader.nextIfObjectEnd()) {
            long name = reader.readFieldNameHashCode();
            if (name == STATUS) {
                String status = reader.readString();
                if (status.equals("completed")) {
                    tally.finish(status);
                }
            } else if (name == USAGE) {
                usage(reader);
            } else {
                reader.skipValue();
            }
        }
        reader.nextIfComma();
    }
}
