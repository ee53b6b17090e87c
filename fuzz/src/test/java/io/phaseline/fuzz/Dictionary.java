package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words that a fuzzer would take long to hit upon: those of the goldens, and the fields of an event stream. */
final class Dictionary {
    private static final Pattern WORD = Pattern.compile("\"[A-Za-z_.]{2,48}\"");

    private static final List<String> OTHERS = List.of(
            "data:",
            "data: ",
            "event:",
            "event: error",
            "event: response.",
            "id:",
            "id:1",
            "retry:",
            ":HTTP_STATUS/400",
            "data: [DONE]",
            "\n\n",
            "\r\n\r\n",
            "\r\r",
            "\ndata:",
            "\uFEFF",
            ":null",
            ":\"\"",
            ":{}",
            ":[]",
            "\\ud83d",
            "\\ude00",
            "\\u00e9",
            "NaN",
            "1e2",
            "-0.0");

    private Dictionary() {}

    /** All words, as they stand in an input. */
    static Set<String> words() {
        Set<String> words = new TreeSet<>(OTHERS);
        for (Golden golden : Golden.all()) {
            Matcher word = WORD.matcher(new String(golden.bytes(), ISO_8859_1));
            while (word.find()) {
                words.add(word.group());
            }
        }
        return words;
    }

    /** Writes them in libFuzzer's form. */
    static void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String word : words()) {
            StringBuilder line = new StringBuilder("\"");
            for (byte b : word.getBytes(UTF_8)) {
                boolean plain = b > ' ' && b < 0x7F && b != '"' && b != '\\';
                line.append(plain ? String.valueOf((char) b) : String.format("\\x%02X", b));
            }
            lines.add(line.append('"').toString());
        }
        Files.write(file, lines);
    }
}
