package io.phaseline.fuzz;

import java.util.Locale;
import java.util.function.Consumer;

/** Every door, with its fuzzer: what is not listed here is not run by {@link FuzzRun}. */
enum Door {
    FRAMING(FramingFuzzer.class, new FramingFuzzer()::fuzz),
    DASHSCOPE(DashScopeFuzzer.class, new DashScopeFuzzer()::fuzz),
    CHAT(ChatFuzzer.class, new ChatFuzzer()::fuzz),
    RESPONSES(ResponsesFuzzer.class, new ResponsesFuzzer()::fuzz),
    PARSER(ParserFuzzer.class, new ParserFuzzer()::fuzz),
    CUT(CutFuzzer.class, new CutFuzzer()::fuzz),
    SNAPSHOT(SnapshotFuzzer.class, new SnapshotFuzzer()::fuzz),
    LINES(LinesFuzzer.class, new LinesFuzzer()::fuzz),
    GZIP(GzipFuzzer.class, new GzipFuzzer()::fuzz),
    ZSTANDARD(ZstandardFuzzer.class, new ZstandardFuzzer()::fuzz),
    NETTY(NettyFuzzer.class, new NettyFuzzer()::fuzz);

    private final Class<?> fuzzer;
    private final Consumer<byte[]> fuzz;

    Door(Class<?> fuzzer, Consumer<byte[]> fuzz) {
        this.fuzzer = fuzzer;
        this.fuzz = fuzz;
    }

    Class<?> fuzzer() {
        return fuzzer;
    }

    /** Runs the fuzzer once; throws what it finds. */
    void judge(byte[] data) {
        fuzz.accept(data);
    }

    /** The name in a report, and of the folder of the corpus. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Door of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
