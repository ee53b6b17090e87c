package io.phaseline.toolinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.bytes.Slice;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import org.junit.jupiter.api.Test;

/** What the goldens cannot see of a tracker: its limit, what it knows, and what it forgets. */
class ToolTrackerTest {
    private static final Slice HIGH = lone(0xA0, 0xBD);
    private static final Slice LOW = lone(0xB8, 0x80);

    private static Slice lone(int second, int third) {
        return new Slice().wrap(new byte[] {(byte) 0xED, (byte) second, (byte) third}, 0, 3);
    }

    private static ToolTracker withOneCall(long maxBytes) {
        ToolTracker tracker = new ToolTracker(maxBytes);
        tracker.add("function", 2, true);
        return tracker;
    }

    private static ToolChange set(ToolTracker tracker, String text) {
        return tracker.set(0, ToolField.CODE, Slice.of(text), false, false);
    }

    @Test
    void aCallIsKnownAsItWasAdded() {
        ToolTracker tracker = withOneCall(9);
        tracker.add("web_search", 0, false);
        assertThat(tracker.isRunByClient(0)).isTrue();
        assertThat(tracker.isRunByClient(1)).isFalse();
        assertThat(tracker.choiceOf(0)).isEqualTo(2);
        assertThat(tracker.added(1).kind()).isEqualTo(ToolChange.Kind.ADDED);
        assertThat(tracker.added(1).tool()).isEqualTo("web_search");
        assertThat(tracker.added(1).field()).isNull();
    }

    @Test
    void aTextIsKnownOnceItWasSetThoughItIsEmpty() {
        ToolTracker tracker = withOneCall(9);
        assertThat(tracker.isKnown(0, ToolField.CODE)).isFalse();
        set(tracker, "");
        assertThat(tracker.isKnown(0, ToolField.CODE)).isTrue();
        assertThat(tracker.isKnown(0, ToolField.OUTPUT)).isFalse();
    }

    @Test
    void textsFillTheLimitAndNoMore() {
        ToolTracker tracker = withOneCall(4);
        assertThat(set(tracker, "1234").text()).hasToString("1234");
        assertThat(tracker.takeOverLimit()).isFalse();
        assertThat(set(tracker, "12345")).isNull();
        assertThat(tracker.takeOverLimit()).as("told").isTrue();
        assertThat(tracker.takeOverLimit()).as("told once").isFalse();
        assertThat(tracker.text(0, ToolField.CODE)).hasToString("1234");
    }

    @Test
    void aReplacedTextGivesItsRoomBack() {
        ToolTracker tracker = withOneCall(4);
        set(tracker, "1234");
        assertThat(set(tracker, "a").kind()).isEqualTo(ToolChange.Kind.REPLACED);
        assertThat(tracker.append(0, ToolField.CODE, Slice.of("bcd"), false, false)
                        .text())
                .hasToString("bcd");
        assertThat(tracker.append(0, ToolField.CODE, Slice.of("e"), false, false))
                .isNull();
        assertThat(tracker.takeOverLimit()).isTrue();
    }

    @Test
    void halfAPairWaitsWhileNothingComes() {
        ToolTracker tracker = withOneCall(9);
        tracker.append(0, ToolField.CODE, HIGH, true, false);
        assertThat(tracker.isHeld(0, ToolField.CODE)).isTrue();
        assertThat(tracker.isHeld(0, ToolField.OUTPUT)).isFalse();
        assertThat(tracker.append(0, ToolField.CODE, Slice.of(""), true, false)).isNull();
        assertThat(tracker.append(0, ToolField.CODE, LOW, true, false).text()).hasToString("\ud83d\ude00");
        assertThat(tracker.isHeld(0, ToolField.CODE)).isFalse();
    }

    @Test
    void halfAPairIsToldBeforeTextWithoutTheOther() {
        ToolTracker tracker = withOneCall(9);
        tracker.append(0, ToolField.CODE, HIGH, true, false);
        assertThat(tracker.append(0, ToolField.CODE, Slice.of("a"), false, false)
                        .text())
                .hasToString("\ufffda");
    }

    @Test
    void aSnapshotThatNoLongerEndsInHalfAPairHoldsNone() {
        ToolTracker tracker = withOneCall(9);
        tracker.set(0, ToolField.CODE, HIGH, true, false);
        assertThat(tracker.isHeld(0, ToolField.CODE)).isTrue();
        set(tracker, "a");
        assertThat(tracker.isHeld(0, ToolField.CODE)).isFalse();
        assertThat(tracker.release(0, ToolField.CODE)).isNull();
    }

    @Test
    void whatIsRestoredTakesThePlaceOfWhatWasKnown() {
        ToolTracker tracker = withOneCall(4);
        set(tracker, "123");
        StateWriter out = new StateWriter();
        tracker.save(out);
        ToolTracker other = withOneCall(4);
        set(other, "ab");

        other.load(new StateReader(out.toByteArray()));

        assertThat(other.count()).isEqualTo(1);
        assertThat(other.text(0, ToolField.CODE)).hasToString("123");
        assertThat(set(other, "1234").text()).hasToString("4");
        assertThat(set(other, "12345")).as("the room taken is restored, too").isNull();
    }
}
