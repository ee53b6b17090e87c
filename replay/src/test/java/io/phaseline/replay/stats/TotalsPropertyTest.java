package io.phaseline.replay.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TotalsPropertyTest {
    private static final List<StreamRecord> RUN = timedRun();

    /** So tight that every limit is passed by the goldens. */
    private static final TotalsLimits TIGHT = new TotalsLimits(3, 2, 12, 5, 4, 20);

    /** The goldens, and a few streams with times among them. */
    private static List<StreamRecord> timedRun() {
        List<StreamRecord> run = new ArrayList<>(Recorded.run());
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            long start = random.nextInt(1_000_000_000);
            Recorded recording = new Recorded().request(start);
            for (int frame = 1; frame < 5; frame++) {
                start += random.nextInt(1_000_000_000);
                recording.read(start, """
                        data: {"id":"c","object":"chat.completion.chunk","model":"m%d","choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"completion_tokens":%d}}

                        """.formatted(i, frame));
            }
            StreamRecord record = recording.records(StreamLimits.WHOLE_TEXTS).get(0);
            run.add(record.at(new Origin(1_000, "timed", run.size()), 0, 0));
        }
        return run;
    }

    private static TotalsLimits limits(boolean tight) {
        return tight ? TIGHT : TotalsLimits.DEFAULT;
    }

    private static Totals inOrder(TotalsLimits limits) {
        Totals totals = new Totals(limits);
        RUN.forEach(totals::add);
        return totals;
    }

    @Property(seed = "20261121", tries = 60)
    void totalsDoNotDependOnOrderNorOnWhoAdds(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 6) int workers,
            @ForAll boolean tight,
            @ForAll boolean inRanges) {
        List<StreamRecord> shuffled = new ArrayList<>(RUN);
        Collections.shuffle(shuffled, random);
        List<Totals> parts = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            parts.add(new Totals(limits(tight)));
        }
        for (StreamRecord record : shuffled) {
            long range = record.origin().ordinal() * workers / RUN.size();
            parts.get(inRanges ? (int) range : random.nextInt(workers)).add(record);
        }
        while (parts.size() > 1) {
            Totals one = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(one);
        }

        assertThat(parts.get(0)).isEqualTo(inOrder(limits(tight)));
        assertThat(print(parts.get(0))).isEqualTo(print(inOrder(limits(tight))));
    }

    @Property(seed = "20261121", tries = 20)
    void whatIsWrittenIsReadAgainAndCanBeAddedTo(@ForAll Random random, @ForAll boolean tight) throws IOException {
        int until = random.nextInt(RUN.size());
        Totals totals = new Totals(limits(tight));
        RUN.subList(0, until).forEach(totals::add);
        Totals again = Totals.read(new DataInputStream(new ByteArrayInputStream(written(totals))), limits(tight));

        assertThat(again).isEqualTo(totals);
        assertThat(print(again)).isEqualTo(print(totals));
        RUN.subList(until, RUN.size()).forEach(again::add);
        assertThat(again).isEqualTo(inOrder(limits(tight)));
    }

    @Property(seed = "20261121", tries = 100)
    void whatWasDamagedIsRefused(@ForAll Random random) throws IOException {
        byte[] bytes = written(inOrder(TIGHT));
        byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        assertThatThrownBy(() -> Totals.read(new DataInputStream(new ByteArrayInputStream(cut)), TIGHT))
                .isInstanceOf(IOException.class);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        assertThatThrownBy(() -> Totals.read(new DataInputStream(new ByteArrayInputStream(bytes)), TIGHT))
                .isInstanceOf(IOException.class);
    }

    private static byte[] written(Totals totals) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        totals.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static String print(Totals totals) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TotalsJson.write(out, totals, new RunFacts(1, 0, 2, List.of()));
        SummaryText.write(out, totals, new RunFacts(1, 0, 2, List.of()));
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
