package io.phaseline.netty.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Captures out of parser-core's goldens. */
public final class Goldens {
    public static final String DASHSCOPE = "dashscope/thinking-code-integration-response";
    public static final String CHAT = "chat/baseline";
    public static final String RESPONSES = "responses/code-interpreter";

    private Goldens() {}

    /** The bytes of a golden. */
    public static byte[] bytes(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream("/golden/" + name + ".sse")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A golden as a capture. */
    public static Capture capture(String name) {
        return Capture.of(name, bytes(name));
    }
}
