package io.phaseline.replay.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What lies in the jar: the page, and the library that draws. */
final class Resources {
    private static final String SOURCE_MAP = "//# sourceMappingURL=";

    private Resources() {}

    /** One of the page's own parts. */
    static String text(String name) {
        return read(Resources.class.getResourceAsStream(name), name);
    }

    /** Chart.js, from its WebJar. */
    static String chartLibrary() {
        Properties chart = new Properties();
        try (StringReader text = new StringReader(text("chart.properties"))) {
            chart.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String path = chart.getProperty("path");
        String script = read(Resources.class.getClassLoader().getResourceAsStream(path), path);
        // A browser's tools would look for the map beside the page.
        int map = script.lastIndexOf(SOURCE_MAP);
        return map < 0 ? script : script.substring(0, map);
    }

    private static String read(@Nullable InputStream stream, String name) {
        try (InputStream in = stream) {
            if (in == null) {
                throw new FileNotFoundException("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
