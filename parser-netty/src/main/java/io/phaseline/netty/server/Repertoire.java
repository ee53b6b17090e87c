package io.phaseline.netty.server;

import io.phaseline.event.Dialect;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The captures of a server: by name, and in turn. Safe for use by many threads. */
final class Repertoire {
    private final Map<String, Capture> byName = new LinkedHashMap<>();
    private final Map<Dialect, List<Capture>> byDialect = new EnumMap<>(Dialect.class);
    private final Map<Dialect, AtomicInteger> turns = new EnumMap<>(Dialect.class);

    /** Scripts of the captures as they are served when the request wants nothing special. */
    private final Map<Performance, Script> scripts = new ConcurrentHashMap<>();

    private record Performance(Capture capture, Plan plan, Dialect dialect) {}

    /** A repertoire. Of several captures with one name, the last is found by it. */
    Repertoire(List<Capture> captures) {
        for (Capture capture : captures) {
            byName.put(capture.name(), capture);
        }
        for (Dialect dialect : Dialect.values()) {
            byDialect.put(
                    dialect,
                    captures.stream()
                            .filter(capture -> capture.dialect() == null || capture.dialect() == dialect)
                            .toList());
            turns.put(dialect, new AtomicInteger());
        }
    }

    @Nullable
    Capture named(String name) {
        return byName.get(name);
    }

    /** The next capture of a dialect; null if there is none. */
    @Nullable
    Capture next(Dialect dialect) {
        List<Capture> captures = byDialect.getOrDefault(dialect, List.of());
        AtomicInteger turn = turns.get(dialect);
        if (captures.isEmpty() || turn == null) {
            return null;
        }
        return captures.get(turn.getAndUpdate(now -> (now + 1) % captures.size()));
    }

    /** The script of a capture, kept for the next time if it is the server's own plan. */
    Script script(Capture capture, Plan plan, Dialect dialect, boolean usual) {
        if (!usual) {
            return ScriptWriter.write(capture, plan, dialect);
        }
        return scripts.computeIfAbsent(
                new Performance(capture, plan, dialect),
                performance -> ScriptWriter.write(performance.capture(), performance.plan(), performance.dialect()));
    }
}
