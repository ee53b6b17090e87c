package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonField;
import com.openai.core.ObjectMappers;
import com.openai.core.handlers.SseHandler;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.SseMessage;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.responses.ResponseCodeInterpreterToolCall;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Iterator;

/**
 * openai-java as an application uses it: its handler of event streams, its mapper, its typed models. Reasoning is no
 * member of its chat model, so it is taken from the additional properties, where users of Qwen find it.
 */
final class OpenAiClient implements Contender {
    private final Tally tally;
    private final Dialect dialect;
    private final JsonMapper mapper = ObjectMappers.jsonMapper();
    private final ObjectReader chats = mapper.readerFor(ChatCompletionChunk.class);
    private final ObjectReader responses = mapper.readerFor(ResponseStreamEvent.class);
    private final HttpResponse.Handler<StreamResponse<SseMessage>> handler;
    private final CodeItems items = new CodeItems();

    OpenAiClient(Dialect dialect, Tally tally) {
        this.dialect = dialect;
        this.tally = tally;
        this.handler = handler(mapper);
    }

    /** The handler is internal to the Kotlin module, which hides it from the compiler, but not from a method handle. */
    @SuppressWarnings("unchecked")
    private static HttpResponse.Handler<StreamResponse<SseMessage>> handler(JsonMapper mapper) {
        MethodType type = MethodType.methodType(HttpResponse.Handler.class, JsonMapper.class);
        try {
            return (HttpResponse.Handler<StreamResponse<SseMessage>>) MethodHandles.publicLookup()
                    .findStatic(SseHandler.class, "sseHandler", type)
                    .invoke(mapper);
        } catch (Throwable missing) {
            throw new LinkageError("openai-java has changed", missing);
        }
    }

    @Override
    public void read(Cuts body) throws IOException {
        tally.begin();
        items.clear();
        try (StreamResponse<SseMessage> messages = handler.handle(new Response(new CutStream(body)))) {
            Iterator<SseMessage> each = messages.stream().iterator();
            while (each.hasNext()) {
                String data = each.next().getData();
                tally.frame();
                if (dialect == Dialect.CHAT) {
                    chat(chats.readValue(data));
                } else {
                    event(responses.readValue(data));
                }
            }
        }
        tally.end();
    }

    @SuppressWarnings("deprecation") // The other way to members outside the model copies all those inside it.
    private void chat(ChatCompletionChunk chunk) {
        for (ChatCompletionChunk.Choice choice : chunk.choices()) {
            JsonField<?> reasoning = choice.delta()._additionalProperties().get("reasoning_content");
            if (reasoning != null) {
                reasoning.asString().ifPresent(tally::reasoning);
            }
            choice.delta().content().ifPresent(tally::content);
            choice.finishReason().ifPresent(reason -> tally.finish(reason.asString()));
        }
        chunk.usage().ifPresent(usage -> {
            tally.inputTokens(usage.promptTokens());
            tally.outputTokens(usage.completionTokens());
            tally.totalTokens(usage.totalTokens());
            usage.completionTokensDetails()
                    .flatMap(details -> details.reasoningTokens())
                    .ifPresent(tally::reasoningTokens);
        });
    }

    private void event(ResponseStreamEvent event) {
        if (event.isReasoningSummaryTextDelta()) {
            tally.reasoning(event.asReasoningSummaryTextDelta().delta());
        } else if (event.isOutputTextDelta()) {
            tally.content(event.asOutputTextDelta().delta());
        } else if (event.isOutputItemAdded()) {
            event.asOutputItemAdded().item().codeInterpreterCall().ifPresent(this::code);
        } else if (event.isOutputItemDone()) {
            event.asOutputItemDone().item().codeInterpreterCall().ifPresent(this::code);
        } else if (event.isCompleted()) {
            event.asCompleted().response().status().ifPresent(status -> tally.finish(status.asString()));
            event.asCompleted().response().usage().ifPresent(this::usage);
        }
    }

    private void code(ResponseCodeInterpreterToolCall call) {
        call.code().ifPresent(code -> tally.code(items.index(call.id()), code));
    }

    private void usage(ResponseUsage usage) {
        tally.inputTokens(usage.inputTokens());
        tally.outputTokens(usage.outputTokens());
        tally.totalTokens(usage.totalTokens());
        tally.reasoningTokens(usage.outputTokensDetails().reasoningTokens());
    }

    @Override
    public Tally tally() {
        return tally;
    }

    private record Response(InputStream body) implements HttpResponse {
        @Override
        public int statusCode() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.builder().put("content-type", "text/event-stream").build();
        }

        @Override
        public void close() {}
    }
}
