package io.phaseline.replay.report;

import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.stats.ChosenJson;
import io.phaseline.replay.stats.RunFacts;
import io.phaseline.replay.stats.Totals;
import io.phaseline.replay.stats.TotalsJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Makes one HTML page of totals, with everything in it that it needs: data, style, scripts.
 *
 * <p>What the wire said goes into the page as JSON, in which no character is left that HTML or a script could read as
 * anything else, and from there only into text nodes. A content security policy allows the two scripts by their hashes
 * and no connection at all.
 */
public final class HtmlReport {
    private final Totals totals;
    private final RunFacts facts;

    /**
     * A report.
     *
     * @param totals all streams
     * @param facts of the run
     */
    public HtmlReport(Totals totals, RunFacts facts) {
        this.totals = totals;
        this.facts = facts;
    }

    /**
     * Writes the page as {@code FILE.part} and moves it: the file is whole whenever it is there.
     *
     * @param file where to, overwritten
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, html(), StandardCharsets.UTF_8);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * The page.
     *
     * @return HTML
     */
    public String html() {
        String style = Resources.text("page.css");
        String library = Resources.chartLibrary();
        String script = Resources.text("page.js");
        String policy = "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(library) + " "
                + hash(script) + "; img-src data:; base-uri 'none'; form-action 'none'";
        return new Page(Resources.text("page.html"))
                .with("policy", policy)
                .with("style", style)
                .with("data", inScript(json()))
                .with("library", library)
                .with("script", script)
                .toString();
    }

    private String json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonLines(out).line(json -> {
            json.writeObjectFieldStart("totals");
            TotalsJson.members(json, totals, facts);
            json.writeEndObject();
            json.writeObjectFieldStart("chosen");
            ChosenJson.members(json, totals);
            json.writeEndObject();
        });
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * The same JSON, without the one character that begins the end of a script element, or a comment in it (HTML,
     * 13.2.5.4: script data state). In JSON it stands in strings only, where an escape means the same.
     */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }

    /** The source expression that lets an inline element with this content through (CSP 3, 2.3.1). */
    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("every JDK has SHA-256", e));
        }
    }
}
