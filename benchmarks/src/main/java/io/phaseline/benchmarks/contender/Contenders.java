package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.contender.model.ChatChunk;
import io.phaseline.benchmarks.contender.model.DashScopeChunk;
import io.phaseline.benchmarks.contender.model.ResponsesEvent;
import io.phaseline.event.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Contenders by name: {@code phaseline} and its variants, or {@code <framing>+<json>}.
 */
public final class Contenders {
    /** Our parser, heard in different ways and fed from different memory. */
    public static final List<String> OURS = List.of(
            "phaseline",
            "phaseline-heap",
            "phaseline-direct",
            "phaseline-strings",
            "phaseline-records",
            "phaseline-result");

    /** Pipelines of a Netty channel: our handlers, and the usual way, which reads no Responses. */
    public static final List<String> PIPELINES = List.of("pipeline-listener", "pipeline-events", "pipeline-tree");

    /** What finds payloads. */
    public static final List<String> FRAMINGS =
            List.of("hand", "phaseline", "okhttp", "spring", "launchdarkly", "langchain4j", "netty");

    /** What takes payloads apart. */
    public static final List<String> JSONS =
            List.of("jackson-streaming", "jackson-pojo", "fastjson2-pojo", "fastjson2-streaming", "dsl-json", "gson");

    private Contenders() {}

    /**
     * Makes a contender.
     *
     * @param name one of {@link #OURS}, of {@link #PIPELINES}, {@code pipeline-bytes} (which only counts them), or a framing and a JSON stage joined by {@code +}
     * @param dialect what it will read
     * @param exact whether its tally counts what costs time
     * @return a contender that has read nothing yet
     */
    public static Contender named(String name, Dialect dialect, boolean exact) {
        if (name.equals(dialect == Dialect.DASHSCOPE ? "openai-java" : "dashscope-sdk")) {
            throw new IllegalArgumentException(name + " does not read " + dialect);
        }
        Tally tally = new Tally(dialect, exact);
        return switch (name) {
            case "phaseline" -> new Phaseline(new ViewListener(tally, false), Phaseline.Memory.ARRAY, tally);
            case "phaseline-heap" -> new Phaseline(new ViewListener(tally, false), Phaseline.Memory.HEAP, tally);
            case "phaseline-direct" -> new Phaseline(new ViewListener(tally, false), Phaseline.Memory.DIRECT, tally);
            case "phaseline-strings" -> new Phaseline(new ViewListener(tally, true), Phaseline.Memory.ARRAY, tally);
            case "phaseline-records" ->
                new Phaseline(new RecordListener(tally).recorder(), Phaseline.Memory.ARRAY, tally);
            case "phaseline-result" ->
                new Phaseline(new ResultListener(tally).accumulator(), Phaseline.Memory.ARRAY, tally);
            case "pipeline-bytes" -> EventLoop.bytes(tally);
            case "pipeline-listener" -> EventLoop.listener(tally);
            case "pipeline-events" -> EventLoop.events(tally);
            case "pipeline-tree" -> EventLoop.tree(dialect, tally);
            case "openai-java" -> new OpenAiClient(dialect, tally);
            case "dashscope-sdk" -> new Combination(new OkHttpFraming(), new DashScopeSdk(tally));
            default -> combination(name, dialect, tally);
        };
    }

    private static Contender combination(String name, Dialect dialect, Tally tally) {
        int plus = name.indexOf('+');
        if (plus < 0) {
            throw unknown(name);
        }
        return new Combination(framing(name.substring(0, plus)), stage(name.substring(plus + 1), dialect, tally));
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("no such contender: " + name);
    }

    static Framing framing(String name) {
        return switch (name) {
            case "hand" -> new HandFraming();
            case "phaseline" -> new PhaselineFraming();
            case "okhttp" -> new OkHttpFraming();
            case "spring" -> new SpringFraming();
            case "launchdarkly" -> new LaunchDarklyFraming();
            case "langchain4j" -> new LangChainFraming();
            case "netty" -> new NettyFraming();
            default -> throw unknown(name);
        };
    }

    static JsonStage stage(String name, Dialect dialect, Tally tally) {
        if (name.equals("jackson-streaming")) {
            return JacksonStreaming.of(dialect, tally);
        }
        if (name.equals("fastjson2-streaming")) {
            return new FastjsonStreaming(dialect, tally);
        }
        if (name.equals("none")) {
            return new NoJson(tally);
        }
        Meaning meaning = new Meaning(tally);
        return switch (dialect) {
            case DASHSCOPE -> new BoundStage<>(binder(name, DashScopeChunk.class), meaning::dashScope, tally);
            case CHAT -> new BoundStage<>(binder(name, ChatChunk.class), meaning::chat, tally);
            case RESPONSES -> new BoundStage<>(binder(name, ResponsesEvent.class), meaning::responses, tally);
        };
    }

    private static <T> Binder<T> binder(String name, Class<T> type) {
        return switch (name) {
            case "jackson-pojo" -> Binders.Jackson.of(type);
            case "fastjson2-pojo" -> new Binders.Fastjson<>(type);
            case "dsl-json" -> new Binders.Dsl<>(type);
            case "gson" -> Binders.GoogleGson.of(type);
            default -> throw unknown(name);
        };
    }

    /**
     * Who reads a dialect.
     *
     * @param dialect the wire format
     * @return names for {@link #named}
     */
    public static List<String> of(Dialect dialect) {
        List<String> names = new ArrayList<>(OURS);
        JSONS.forEach(json -> names.add("hand+" + json));
        FRAMINGS.stream().skip(1).forEach(framing -> names.add(framing + "+jackson-streaming"));
        names.add(dialect == Dialect.DASHSCOPE ? "dashscope-sdk" : "openai-java");
        return names;
    }

    /**
     * What a contender leaves out by design; whoever does less of the job must not be compared as if it did all of it.
     *
     * @param name a contender
     * @return in a few words; empty for the whole job
     */
    public static String lacks(String name) {
        return name.equals("dashscope-sdk") ? "no tool_info: finds no code" : "";
    }
}
