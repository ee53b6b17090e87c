package io.phaseline.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.bytes.Slice;
import io.phaseline.reference.FrameTranscript;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamReaderTest {
    private static final int LIMIT = 64 << 20;

    private static EventStreamReader reader(FrameListener listener) {
        return new EventStreamReader(listener, LIMIT);
    }

    @Test
    void aFrameThatLiesWholeInTheInputIsSeenWhereItLies() {
        byte[] input = "id:1\nevent:result\n:HTTP_STATUS/200\ndata:{}\n\n".getBytes(UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        EventStreamReader reader = reader(new FrameListener() {
            @Override
            public void onFrame(Frame frame) {
                arrays.add(frame.data().array());
                arrays.add(frame.event().array());
                arrays.add(frame.id().array());
                arrays.add(frame.comment().array());
            }
        });
        reader.feed(input, 0, input.length);
        assertThat(arrays).hasSize(4).allSatisfy(array -> assertThat(array).isSameAs(input));
    }

    @Test
    void aFrameInADirectBufferIsSeenWhereItLies() {
        byte[] bytes = "data: straight\n\n".getBytes(UTF_8);
        ByteBuffer input = ByteBuffer.allocateDirect(bytes.length + 3).position(3);
        input.put(bytes).position(3);
        List<Object> seen = new ArrayList<>();
        EventStreamReader reader = reader(new FrameListener() {
            @Override
            public void onFrame(Frame frame) {
                seen.add(frame.data().buffer());
                seen.add(frame.data().toString());
            }
        });
        reader.feed(input);
        assertThat(seen.get(0)).isSameAs(input);
        assertThat(seen.get(1)).isEqualTo("straight");
        assertThat(input.remaining()).isZero();
        assertThat(reader.bytesCopied()).isZero();
    }

    @Test
    void onlyTheLastIdIsCopiedFromFramesThatLieWhole() {
        byte[] input = "id:17\ndata:x\n\n".repeat(1_000).getBytes(UTF_8);
        EventStreamReader reader = reader(new FrameListener() {});
        reader.feed(input, 0, input.length);
        // The last event ID outlives its frame; one copy of it a feed, not one a frame.
        assertThat(reader.bytesCopied()).isEqualTo(2);
    }

    @Test
    void whatStraddlesTwoInputsIsCopiedOnce() {
        String frame = "event:result\ndata:" + "x".repeat(10_000) + "\n\n";
        byte[] input = frame.getBytes(UTF_8);
        for (int cut : new int[] {1, 12, 13, 14, 18, 19, 5_000, input.length - 2, input.length - 1}) {
            EventStreamReader reader = reader(new FrameListener() {});
            reader.feed(input, 0, cut);
            reader.feed(input, cut, input.length - cut);
            reader.finish();
            assertThat(reader.bytesCopied()).as("cut at %d", cut).isLessThanOrEqualTo(input.length);
        }
    }

    @Test
    void aFrameOfTenMegabytesByteByByteIsLinear() {
        int size = 10 << 20;
        byte[] input = new byte[size + 8];
        Arrays.fill(input, (byte) 'x');
        System.arraycopy("data: ".getBytes(UTF_8), 0, input, 0, 6);
        input[size + 6] = '\n';
        input[size + 7] = '\n';
        int[] length = new int[1];
        EventStreamReader reader = reader(new FrameListener() {
            @Override
            public void onFrame(Frame frame) {
                length[0] = frame.data().length();
            }
        });
        for (int i = 0; i < input.length; i++) {
            reader.feed(input, i, 1);
        }
        assertThat(length[0]).isEqualTo(size);
        assertThat(reader.bytesCopied()).isLessThanOrEqualTo(input.length);
    }

    @Test
    void aNeverEndingLineKeepsNoMemory() {
        EventStreamReader reader = new EventStreamReader(new FrameListener() {}, 1_000);
        byte[] piece = new byte[4_096];
        Arrays.fill(piece, (byte) 'x');
        reader.feed(":".getBytes(UTF_8), 0, 1);
        for (int i = 0; i < 1_000; i++) {
            reader.feed(piece, 0, piece.length);
        }
        assertThat(reader.bytesCopied()).isLessThan(2_000);
    }

    @Test
    void aFrameAtTheLimitIsHeardAndOneBeyondIsReported() {
        List<String> heard = new ArrayList<>();
        EventStreamReader reader = new EventStreamReader(
                new FrameListener() {
                    @Override
                    public void onFrame(Frame frame) {
                        heard.add("frame of " + frame.data().length());
                    }

                    @Override
                    public void onOversizedFrame(long offset) {
                        heard.add("too long at " + offset);
                    }
                },
                10);
        byte[] input =
                "data: 0123456789\n\ndata: 0123456789A\n\ndata:01234\ndata:6789\n\ndata:01234\ndata:67890\n\ndata:x\n\n"
                        .getBytes(UTF_8);
        reader.feed(input, 0, input.length);
        assertThat(heard)
                .containsExactly("frame of 10", "too long at 18", "frame of 10", "too long at 59", "frame of 1");
    }

    // In every way

    private enum Door {
        ARRAY {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                reader.feed(bytes, from, to - from);
                return to;
            }
        },
        HEAP {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                ByteBuffer buffer = from == 0
                        ? ByteBuffer.wrap(bytes, 0, to)
                        : ByteBuffer.wrap(bytes, 1, bytes.length - 1)
                                .slice()
                                .position(from - 1)
                                .limit(to - 1);
                reader.feed(buffer);
                assertThat(buffer.remaining()).isZero();
                return to;
            }
        },
        DIRECT {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                reader.feed(direct(bytes).position(from).limit(to));
                return to;
            }
        },
        FRAMES {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                return from + reader.feedFrame(bytes, from, to - from);
            }
        },
        HEAP_FRAMES {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice();
                return from == 0 ? reader.feedFrame(bytes, 0, 1) : from + reader.feedFrame(buffer, from - 1, to - from);
            }
        },
        DIRECT_FRAMES {
            @Override
            int feed(EventStreamReader reader, byte[] bytes, int from, int to) {
                return from + reader.feedFrame(direct(bytes), from, to - from);
            }
        };

        /** Feeds a range or the beginning of it; answers how far it came. */
        abstract int feed(EventStreamReader reader, byte[] bytes, int from, int to);

        private static ByteBuffer direct(byte[] bytes) {
            return ByteBuffer.allocateDirect(bytes.length).put(bytes);
        }

        void feedAll(EventStreamReader reader, byte[] bytes, int from, int to) {
            for (int at = from; at < to; ) {
                at = feed(reader, bytes, at, to);
            }
        }
    }

    private static final byte[] EVERYTHING = ("\uFEFFid:1\r\nevent: a\r\n:c\rdata: 0123456789\n\n"
                    + "data:0\rdata:12\r\rdata:\n\n\n\ndata: 0123456789A\nid:7\r\n\r\n:0123456789abcdef0\ndata:x\n\n"
                    + "retry:15\nretry: 1x\nwhat?\ndata\n\nid\ndata:0\ndata:y")
            .getBytes(UTF_8);

    private static final List<String> ALL_OF_IT = List.of(
            "comment c",
            "frame 3 a|1|true|1|c|0123456789",
            "frame 40 |1|false|2||0\n12",
            "frame 56 |1|false|1||",
            "oversized frame 65",
            "oversized line 91",
            "frame 91 |7|false|1||x",
            "retry 15",
            "ignored 137 what?",
            "frame 118 |7|false|1||",
            "pending 149 ||true|2||0\ny");

    @Test
    void everyCutAtEveryDoorGivesTheSame() {
        for (Door door : Door.values()) {
            for (int cut = 0; cut <= EVERYTHING.length; cut++) {
                FrameTranscript heard = new FrameTranscript();
                EventStreamReader reader = new EventStreamReader(heard, 10);
                door.feedAll(reader, EVERYTHING, 0, cut);
                reader.feed(EVERYTHING, cut, 0);
                door.feedAll(reader, EVERYTHING, cut, EVERYTHING.length);
                assertThat(reader.bytesRead()).isEqualTo(EVERYTHING.length);
                reader.finish();
                assertThat(heard.lines()).as("%s, cut at %d", door, cut).isEqualTo(ALL_OF_IT);
            }
        }
    }

    @Test
    void byteByByteGivesTheSame() {
        for (Door door : Door.values()) {
            FrameTranscript heard = new FrameTranscript();
            EventStreamReader reader = new EventStreamReader(heard, 10);
            for (int at = 0; at < EVERYTHING.length; at++) {
                door.feedAll(reader, EVERYTHING, at, at + 1);
            }
            reader.finish();
            assertThat(heard.lines()).as("%s", door).isEqualTo(ALL_OF_IT);
        }
    }

    @Test
    void itGoesOnWhereItWasSaved() {
        for (int cut = 0; cut <= EVERYTHING.length; cut++) {
            FrameTranscript heard = new FrameTranscript();
            EventStreamReader reader = new EventStreamReader(heard, 10);
            reader.feed(EVERYTHING, 0, cut);
            StateWriter state = new StateWriter();
            reader.save(state);
            EventStreamReader other = new EventStreamReader(heard, 10);
            other.feed("data:12345\ndata:6789A\nevent:b\n:0123456789abcdef012".getBytes(UTF_8), 0, 40);
            heard.lines().remove("oversized line 21");
            other.load(new StateReader(state.toByteArray()));
            assertThat(other.bytesCopied()).isZero();
            other.feed(EVERYTHING, cut, EVERYTHING.length - cut);
            other.finish();
            assertThat(heard.lines()).as("saved at %d", cut).isEqualTo(ALL_OF_IT);
        }
    }

    @Test
    void resetForgetsEverything() {
        FrameTranscript heard = new FrameTranscript();
        EventStreamReader reader = new EventStreamReader(heard, 10);
        for (int cut = 0; cut <= EVERYTHING.length; cut++) {
            reader.feed(EVERYTHING, 0, cut);
            reader.reset();
            heard.lines().clear();
            assertThat(reader.sawField()).isFalse();
            reader.feed(EVERYTHING, 0, EVERYTHING.length);
            reader.finish();
            assertThat(heard.lines()).as("reset at %d", cut).isEqualTo(ALL_OF_IT);
            assertThat(reader.isBetweenFrames()).isTrue();
            reader.reset();
        }
        heard.lines().clear();
        reader.feed("id:7\ndata:x\n\n".getBytes(UTF_8), 0, 13);
        reader.reset();
        reader.feed("data:x\n\n".getBytes(UTF_8), 0, 8);
        assertThat(heard.lines()).containsExactly("frame 0 |7|true|1||x", "frame 0 ||false|1||x");
    }

    @Test
    void itTellsWhereItStands() {
        byte[] input = "\uFEFF\r\n:c\r\ndata:x\r\n\r\ny".getBytes(UTF_8);
        EventStreamReader reader = reader(new FrameListener() {});
        StringBuilder stands = new StringBuilder();
        for (int at = 0; at < input.length; at++) {
            stands.append(reader.isBetweenFrames() ? 'B' : '.');
            stands.append(reader.isAfterCr() ? 'C' : '.');
            stands.append(reader.sawField() ? 'F' : '.').append(' ');
            reader.feed(input, at, 1);
        }
        assertThat(stands.toString())
                .isEqualTo("... ... ... B.. BC. B.. ... ... .C. ... ... ... ... ... ... ... .CF ..F BCF B.F ");
        reader.feed("\n\n".getBytes(UTF_8), 0, 2);
        reader.skip(7, true);
        assertThat(reader.bytesRead()).isEqualTo(input.length + 9);
        assertThat(reader.isAfterCr()).isTrue();
    }

    @Test
    void halfAByteOrderMarkIsTheBeginningOfALine() {
        FrameTranscript heard = new FrameTranscript();
        EventStreamReader reader = reader(heard);
        reader.feed(new byte[] {(byte) 0xEF, (byte) 0xBB}, 0, 2);
        assertThat(reader.isBetweenFrames()).isFalse();
        reader.finish();
        assertThat(heard.lines()).containsExactly("ignored 0 \uFFFD");
        assertThat(reader.bytesCopied()).isEqualTo(2);
    }

    @Test
    void aFrameThatIsTooLongIsReportedWithoutItsBlankLineToo() {
        FrameTranscript heard = new FrameTranscript();
        EventStreamReader reader = new EventStreamReader(heard, 10);
        byte[] input = "\ndata:0123456789A\n".getBytes(UTF_8);
        reader.feed(input, 0, input.length);
        reader.finish();
        assertThat(heard.lines()).containsExactly("oversized frame 1");
    }

    @Test
    void whatIsCopiedIsCounted() {
        assertThat(copied("data:abcdef\n\n", 8)).isEqualTo("data:abcdef".length());
        assertThat(copied("data:a\ndata:bc\n\n", 16)).isEqualTo("a\nbc".length());
        assertThat(copied("id:17\ndata:x\n\n", 14)).isEqualTo("17".length());
        assertThat(copied("id:1\nevent:ab\n:cde\ndata:x\n\n", 19))
                .isEqualTo("1".length() + "ab".length() + "cde".length());
        // A line that is too long is kept as far as its name may reach.
        assertThat(copied("x".repeat(100), 3)).isEqualTo("xxxxxx".length());
    }

    private static long copied(String input, int cut) {
        byte[] bytes = input.getBytes(UTF_8);
        EventStreamReader reader = new EventStreamReader(new FrameListener() {}, 10);
        Door.FRAMES.feedAll(reader, bytes, 0, cut);
        Door.FRAMES.feedAll(reader, bytes, cut, bytes.length);
        return reader.bytesCopied();
    }

    @Test
    void retryAndCommentsAreHeard() {
        List<String> heard = new ArrayList<>();
        EventStreamReader reader = reader(new FrameListener() {
            @Override
            public void onComment(Slice comment) {
                heard.add("comment " + comment);
            }

            @Override
            public void onRetry(long millis) {
                heard.add("retry " + millis);
            }
        });
        byte[] input =
                ": ping\n:\nretry: 3000\nretry:\nretry: 3s\nretry:99999999999999999999\nretry:9223372036854775806\n"
                        .getBytes(UTF_8);
        reader.feed(input, 0, input.length);
        assertThat(heard)
                .containsExactly(
                        "comment  ping",
                        "comment ",
                        "retry 3000",
                        "retry " + Long.MAX_VALUE,
                        "retry 9223372036854775806");
    }

    @Test
    void afterTheEndNothingMoreIsTaken() {
        EventStreamReader reader = reader(new FrameListener() {});
        reader.finish();
        reader.finish();
        ByteBuffer none = ByteBuffer.allocateDirect(0);
        assertThatThrownBy(() -> reader.feed(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.feed(none)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.feedFrame(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> reader.feedFrame(none, 0, 0)).isInstanceOf(IllegalStateException.class);
        reader.reset();
        reader.feed(new byte[1], 0, 1);
    }

    @Test
    void aLimitIsOneToAGigabyte() {
        FrameListener listener = new FrameListener() {};
        assertThatThrownBy(() -> new EventStreamReader(listener, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventStreamReader(listener, (1 << 30) + 1))
                .isInstanceOf(IllegalArgumentException.class);
        new EventStreamReader(listener, 1).finish();
        new EventStreamReader(listener, 1 << 30).finish();
    }
}
