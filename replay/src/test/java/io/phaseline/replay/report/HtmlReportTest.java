package io.phaseline.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.event.Outcome;
import io.phaseline.event.StreamResult;
import io.phaseline.replay.stats.GroupTotals;
import io.phaseline.replay.stats.Metric;
import io.phaseline.replay.stats.Origin;
import io.phaseline.replay.stats.Recorded;
import io.phaseline.replay.stats.RunFacts;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.Totals;
import io.phaseline.replay.stats.TotalsLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser sees it. */
class HtmlReportTest {
    private static final String READY = "data-ready=\"true\"";
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    Path folder;

    private Chromium chromium;

    @BeforeEach
    void findChromium() {
        chromium = Chromium.find(folder).orElse(null);
        Assumptions.assumeTrue(chromium != null, "no Chromium on the path: the report is not looked at");
    }

    private Path page(Totals totals, RunFacts facts) throws IOException {
        Path page = folder.resolve("report.html");
        new HtmlReport(totals, facts).write(page);
        return page;
    }

    /** A page that has run to its end and has nothing to complain of. */
    private String shown(Path page, String hash) {
        Chromium.Seen seen = chromium.load(page, hash);
        assertThat(seen.console()).isEmpty();
        assertThat(seen.out()).contains(READY);
        // Its data is not what it shows.
        int data = seen.out().indexOf("<script type=\"application/json\"");
        return seen.out().substring(seen.out().indexOf("<body>"), data);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, ">%,d<", number);
    }

    @Test
    void thePageShowsTheNumbersOfTheSummary() throws IOException {
        Totals totals = SampleRun.totals();
        String shown = shown(page(totals, SampleRun.facts()), "");

        GroupTotals all = totals.all();
        LongStream numbers = LongStream.of(
                all.streams(),
                all.streams(Outcome.FAILED),
                all.streams(Outcome.TRUNCATED),
                all.sum(Metric.FRAMES),
                all.sum(Metric.INPUT_TOKENS),
                all.sum(Metric.OUTPUT_TOKENS),
                all.sum(Metric.TOOL_CALLS));
        numbers.forEach(number -> assertThat(shown).contains("<b", grouped(number)));
        all.phases()
                .values()
                .forEach(phase -> assertThat(shown)
                        .contains(grouped(phase.streams()), grouped(phase.entries()))
                        .contains(String.format(Locale.ROOT, "%,d<small>", phase.tokens()))
                        .contains(String.format(Locale.ROOT, "%,d<small>", phase.frames()))
                        .contains(String.format(Locale.ROOT, "%,d<small>", phase.bytes())));
        assertThat(shown).contains("Throttling.RateQuota", "qwen3.7-plus", "frames 32–63");
        assertThat(all.streams()).isEqualTo(180);
        assertThat(shown).contains("id=\"course-card\">").contains("180 streams whose times were recorded");
    }

    @Test
    void withoutTimesNothingIsShownOverTime() throws IOException {
        Totals totals = new Totals(TotalsLimits.DEFAULT);
        totals.add(Recorded.records("data: {\"id\":\"a\",\"choices\":[]}\n\n").get(0));

        String shown = shown(page(totals, new RunFacts(1, 0, 1, List.of())), "");
        assertThat(shown).contains("id=\"course-card\" hidden=\"\">").doesNotContain("times were recorded; each");
    }

    @Test
    void aLinkLeadsToTheCodeAndTheTextOfItsStream() throws IOException {
        Path page = page(SampleRun.totals(), SampleRun.facts());
        StreamRecord failed = SampleRun.records().stream()
                .filter(record -> record.result().outcome() == Outcome.FAILED
                        && !record.result().toolCalls().isEmpty())
                .findFirst()
                .orElseThrow();
        String hash = "#stream-" + failed.origin().ordinal();
        assertThat(shown(page, "")).contains("href=\"" + hash + "\"");

        StreamResult result = failed.result();
        String one = shown(page, hash);
        assertThat(one).contains("id <b>" + result.id() + "</b>");
        String code = result.toolCalls().get(0).code();
        assertThat(code).isNotEmpty();
        assertThat(one).contains("<pre>" + code + "</pre>");
        assertThat(one).contains("The code interpreter did not answer &lt;in time&gt; &amp; was stopped.</pre>");
        assertThat(one).contains("<pre class=\"prose\">" + result.reasoning() + "</pre>");
    }

    @Test
    void whatAModelWroteIsTextAndNothingElse() throws IOException {
        String hostile = "</script /><img src=x onerror=alert(1)><!--<script>\u2028\u2029]]>{{data}}&lt;${x}";
        String json = hostile.replace("\"", "\\\"");
        String model = "\"model\":\"" + json + "\"";
        String stream = "data: {\"id\":\"" + json + "\",\"object\":\"chat.completion.chunk\"," + model
                + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + json + "\",\"reasoning_content\":\"" + json
                + "\",\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"type\":\"" + json + "\",\"function\":{\"name\":\""
                + json + "\",\"arguments\":\"" + json + "\"}}]},\"finish_reason\":\"" + json + "\"}]}\n\n"
                + "data: {\"error\":{\"code\":\"" + json + "\",\"message\":\"" + json + "\"}}\n\n";
        Totals totals = new Totals(TotalsLimits.DEFAULT);
        totals.add(Recorded.records(stream).get(0).at(new Origin(0, hostile, 0), 0, 0));

        String shown = shown(page(totals, new RunFacts(1, 1, 1, List.of(hostile))), "");
        assertThat(shown).doesNotContain("<img").doesNotContain("<!--");
        String text =
                "&lt;/script /&gt;&lt;img src=x onerror=alert(1)&gt;&lt;!--&lt;script&gt;\u2028\u2029]]&gt;{{data}}&amp;lt;${x}";
        assertThat(shown).contains("<pre class=\"prose\">" + text + "</pre>");
        assertThat(shown).contains("<pre>" + text + "</pre>");
        assertThat(shown).contains("source <b>" + text + "</b>");
        assertThat(shown).contains("model <b>" + text + "</b>");
    }

    @Test
    void aRunWithoutAStreamHasAPage() throws IOException {
        String shown = shown(page(new Totals(TotalsLimits.DEFAULT), new RunFacts(0, 0, 0, List.of())), "");
        assertThat(shown).contains("<b>0</b>").doesNotContain("id=\"pick\"");
    }

    @Test
    void thePageIsWholeOrTheOneBefore() throws IOException {
        Path page = Files.writeString(folder.resolve("report.html"), "before");
        page(new Totals(TotalsLimits.DEFAULT), new RunFacts(0, 0, 0, List.of()));

        assertThat(page).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "golden.update", matches = ".*")
    void thePicturesInTheDocsAreOfThisPage() throws IOException {
        Path page = page(SampleRun.totals(), SampleRun.facts());
        String size = "--window-size=1120,1615";
        chromium.draw(page, DOCS.resolve("report-light.png"), size);
        chromium.draw(page, DOCS.resolve("report-dark.png"), size, "--blink-settings=preferredColorScheme=0");
        assertThat(Files.mismatch(DOCS.resolve("report-light.png"), DOCS.resolve("report-dark.png")))
                .isNotNegative();
    }
}
