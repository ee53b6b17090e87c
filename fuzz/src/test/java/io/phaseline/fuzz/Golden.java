package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An input of parser-core's goldens, taken from its test jar (or its folder of test classes).
 *
 * @param name below {@code golden/}
 * @param bytes the whole input
 * @param options how it is to be read
 */
record Golden(String name, byte[] bytes, ParserOptions options) {
    private static final String ROOT = "/golden";

    /** The folder below {@code golden/}. */
    String folder() {
        return name.substring(0, name.indexOf('/'));
    }

    static List<Golden> all() {
        try {
            URI root = Golden.class.getResource(ROOT).toURI();
            if (!root.getScheme().equals("jar")) {
                return read(Path.of(root));
            }
            try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                return read(jar.getPath(ROOT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Golden> read(Path root) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.walk(root)) {
            inputs = files.filter(file -> file.toString().matches(".*\\.(sse|jsonl|body)"))
                    .sorted()
                    .toList();
        }
        List<Golden> goldens = new ArrayList<>();
        for (Path input : inputs) {
            String name = root.relativize(input).toString().replace('\\', '/');
            goldens.add(new Golden(name, Files.readAllBytes(input), options(input, name.startsWith("streams/"))));
        }
        return goldens;
    }

    private static ParserOptions options(Path input, boolean manyStreams) throws IOException {
        String file = input.getFileName().toString();
        Path path = input.resolveSibling(file.substring(0, file.lastIndexOf('.')) + ".options");
        ParserOptions options = ParserOptions.DEFAULT.withManyStreams(manyStreams);
        if (!Files.exists(path)) {
            return options;
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(path, UTF_8)));
        String dialect = properties.getProperty("dialect");
        if (dialect != null) {
            options = options.withDialect(Dialect.valueOf(dialect.strip().toUpperCase(Locale.ROOT)));
        }
        String limit = properties.getProperty("maxFrameBytes");
        if (limit != null) {
            options = options.withLimits(options.limits().withMaxFrameBytes(Integer.parseInt(limit.strip())));
        }
        return options.withCumulative(Boolean.parseBoolean(
                properties.getProperty("cumulative", "false").strip()));
    }
}
