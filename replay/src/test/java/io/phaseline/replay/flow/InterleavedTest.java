package io.phaseline.replay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.event.Outcome;
import io.phaseline.event.StreamResult;
import io.phaseline.replay.Captures;
import io.phaseline.replay.stats.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixing frames changes nothing about the streams. */
class InterleavedTest {
    private static final Interleaving LIMITS = Interleaving.DEFAULT;

    @TempDir
    Path folder;

    /** The frames of a body; an end marker goes with the frame before, as it does not say whose it is. */
    private static List<String> frames(String body) {
        List<String> frames = new ArrayList<>();
        for (String frame : body.split("(?<=\n\n)")) {
            if (frame.startsWith("data: [DONE]")) {
                frame = frames.remove(frames.size() - 1) + frame;
            }
            frames.add(frame);
        }
        return frames;
    }

    private static String mix(long seed, List<String> bodies) {
        Random random = new Random(seed);
        List<List<String>> open = new ArrayList<>();
        bodies.forEach(body -> open.add(new ArrayList<>(frames(body))));
        StringBuilder mixed = new StringBuilder();
        while (!open.isEmpty()) {
            List<String> one = open.get(random.nextInt(open.size()));
            mixed.append(one.remove(0));
            if (one.isEmpty()) {
                open.remove(one);
            }
        }
        return mixed.toString();
    }

    private List<StreamRecord> read(String content, Interleaving limits) {
        Path file = Captures.write(folder, "mixed", content);
        return Collected.of(Collected.options(1, 1 << 20, limits), file).records;
    }

    private static StreamResult unplaced(StreamResult r) {
        return new StreamResult(
                0,
                r.dialect(),
                r.id(),
                r.model(),
                r.outcome(),
                r.phases(),
                r.reasoning(),
                r.content(),
                r.refusal(),
                r.toolCalls(),
                r.finishReason(),
                r.usage(),
                List.of(),
                r.frames(),
                r.bytes(),
                r.choices());
    }

    private static List<StreamResult> results(List<StreamRecord> records) {
        return records.stream()
                .map(record -> unplaced(record.result()))
                .sorted(Comparator.comparing(result -> String.valueOf(result.id())))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void mixedFramesGiveTheSameStreams(long seed) {
        List<String> bodies = List.of(Captures.NATIVE, Captures.CHAT, Captures.CALL, Captures.CUT, Captures.RESPONSES);
        Path whole = Captures.write(folder, "whole", String.join("", bodies));
        List<StreamRecord> alone = Collected.of(Collected.options(1, 1 << 20), whole).records;

        assertThat(results(read(mix(seed, bodies), LIMITS))).isEqualTo(results(alone));
    }

    @Test
    void eventsWithoutAResponseAreToldByTheirItem() {
        String second = Captures.RESPONSES
                .replace("resp_1", "resp_2")
                .replace("ci_1", "ci_2")
                .replace("msg_1", "msg_2")
                .replace("42", "43");
        List<String> one = frames(Captures.RESPONSES);
        List<String> two = frames(second);
        // Whose a number is can be told as long as the two do not stand at the same one.
        String mixed = one.get(0)
                + one.get(1)
                + two.get(0)
                + two.get(1)
                + one.get(2)
                + one.get(3)
                + two.get(2)
                + two.get(3)
                + two.get(4)
                + one.get(4);
        Path apart = Captures.write(folder, "apart", Captures.RESPONSES + second);

        assertThat(results(read(mixed, LIMITS)))
                .isEqualTo(results(Collected.of(Collected.options(1, 1 << 20), apart).records));
        Path lockstep = Captures.write(folder, "lockstep", one.get(0) + two.get(0) + one.get(1) + two.get(1));
        assertThat(Collected.of(Collected.options(1, 1 << 20, LIMITS), lockstep).said)
                .singleElement()
                .asString()
                .startsWith("1 events name no response and could be of several");
    }

    private static String event(String type, int number, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + members
                + "}\n\n";
    }

    private static String named(String type, int number, String response) {
        return event(type, number, "\"response\":{\"id\":\"" + response + "\"}");
    }

    private static String item(String type, int number, int index, String id) {
        String item = "\"item\":{\"id\":\"" + id + "\",\"type\":\"message\"}";
        return event(type, number, "\"output_index\":" + index + "," + item);
    }

    private static String text(int number, String id, String text) {
        String members = "\"item_id\":\"" + id + "\",\"content_index\":0,\"delta\":\"" + text + "\"";
        return event("response.output_text.delta", number, members);
    }

    @Test
    void streamsAtTheSameNumberAreToldByWhatTheyWaitFor() {
        List<String> one = List.of(
                named("response.created", 0, "r1"),
                item("response.output_item.added", 1, 0, "a1"),
                text(2, "a1", "one"),
                item("response.output_item.done", 3, 0, "a1"),
                item("response.output_item.added", 4, 1, "a2"),
                text(5, "a2", "third"),
                named("response.completed", 6, "r1"));
        List<String> two = List.of(
                named("response.created", 0, "r2"),
                named("response.queued", 1, "r2"),
                named("response.in_progress", 2, "r2"),
                item("response.output_item.added", 3, 0, "b1"),
                text(4, "b1", "two"),
                named("response.completed", 5, "r2"));
        String apart = String.join("", one) + String.join("", two);
        // Both are at number 3 when the first item of the second begins, and at 4 when the second item of the first
        // does.
        String mixed = String.join("", two.subList(0, 3))
                + String.join("", one.subList(0, 3))
                + two.get(3)
                + one.get(3)
                + one.get(4)
                + one.get(5)
                + one.get(6)
                + two.get(4)
                + two.get(5);

        Collected found = Collected.of(Collected.options(1, 1 << 20, LIMITS), Captures.write(folder, "mixed", mixed));
        assertThat(found.said).isEmpty();
        assertThat(results(found.records)).isEqualTo(results(read(apart, LIMITS)));
    }

    @Test
    void linesOfJsonAreToldApartAsWell() {
        String mixed = mix(3, List.of(Captures.NATIVE, Captures.CHAT, Captures.CALL));
        String lines = mixed.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip() + "\n")
                .reduce("", String::concat);
        List<StreamRecord> records = read(lines, LIMITS);

        assertThat(records).hasSize(3);
        assertThat(records).allMatch(record -> record.result().outcome() == Outcome.COMPLETED);
    }

    @Test
    void anErrorLiesWhereItsFrameDoes() {
        String broken = Captures.CHAT.replace("\"content\":null,\"reasoning_content\":\"六乘七\"", "\"content\":!");
        String mixed = Captures.CUT + broken.substring(0, broken.indexOf("\n\n") + 2)
                + "data: {\"error\":{\"message\":\"late\"},\"id\":\"c-1\"}\n\n" + Captures.CUT;
        StreamResult result = read(mixed, LIMITS).stream()
                .map(StreamRecord::result)
                .filter(one -> "c-1".equals(one.id()))
                .findFirst()
                .orElseThrow();

        assertThat(result.errors()).hasSize(1);
        int offset = mixed.substring(0, mixed.indexOf("data: {\"error\"")).getBytes(StandardCharsets.UTF_8).length;
        assertThat(result.errors().get(0).offset()).isEqualTo(offset);
    }

    @Test
    void whatIsBrokenAndNamesNoStreamIsOneOfItsOwn() {
        String mixed = Captures.CUT + "data: {\"choices\":[\n\n" + Captures.CHAT;
        List<StreamRecord> records = read(Captures.CUT + Captures.NATIVE.substring(0, 300) + mixed, LIMITS);

        assertThat(records.stream().filter(record -> record.result().id() == null))
                .singleElement()
                .matches(record -> record.result().errors().size() == 1);
    }

    @Test
    void oneStreamTooManyClosesTheOneThatWasSilentLongest() {
        List<StreamRecord> records =
                read(mix(1, List.of(Captures.CHAT, Captures.CUT, Captures.CALL)), new Interleaving(1, 100));

        assertThat(records.size()).isGreaterThan(3);
        assertThat(records.stream()
                        .mapToLong(record -> record.result().frames())
                        .sum())
                .isGreaterThan(8);
    }

    @Test
    void aStreamIsClosedWhenItIsIdle() {
        String cut = Captures.CUT;
        List<StreamRecord> near = read(cut + Captures.CHAT + cut, new Interleaving(10, 10));
        List<StreamRecord> far = read(cut + Captures.CHAT + cut, new Interleaving(10, 3));

        assertThat(near).hasSize(2);
        assertThat(far).hasSize(3);
    }
}
