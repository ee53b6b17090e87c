package io.phaseline.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.bytes.Slice;
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
        byte[] input = "data: 0123456789\n\ndata: 0123456789A\n\ndata:01234\ndata:6789\n\ndata:01234\ndata:67890\n\ndata:x\n\n"
                .getBytes(UTF_8);
        reader.feed(input, 0, input.length);
        assertThat(heard).containsExactly("frame of 10", "too long at 18", "frame of 10", "too long at 58", "frame of 1");
    }

    @Test
    void everyCutGivesTheSameReportOfWhatIsTooLong() {
        byte[] input = "data: 0123456789A\nid:7\n\n:0123456789abcdef0\ndata:x\n\n".getBytes(UTF_8);
        List<String> whole = reportOf(input, input.length);
        for (int cut = 0; cut <= input.length; cut++) {
            assertThat(reportOf(input, cut)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(whole).containsExactly("frame 0", "line 24", "data x");
    }

    private static List<String> reportOf(byte[] input, int cut) {
        List<String> heard = new ArrayList<>();
        EventStreamReader reader = new EventStreamReader(
                new FrameListener() {
                    @Override
                    public void onFrame(Frame frame) {
                        heard.add("data " + frame.data());
                    }

                    @Override
                    public void onOversizedFrame(long offset) {
                        heard.add("frame " + offset);
                    }

                    @Override
                    public void onOversizedLine(long offset) {
                        heard.add("line " + offset);
                    }
                },
                10);
        reader.feed(input, 0, cut);
        reader.feed(input, cut, input.length - cut);
        reader.finish();
        return heard;
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
        byte[] input = ": ping\n:\nretry: 3000\nretry:\nretry: 3s\nretry:99999999999999999999\n".getBytes(UTF_8);
        reader.feed(input, 0, input.length);
        assertThat(heard).containsExactly("comment  ping", "comment ", "retry 3000", "retry " + Long.MAX_VALUE);
    }

    @Test
    void afterTheEndNothingMoreIsTaken() {
        EventStreamReader reader = reader(new FrameListener() {});
        reader.finish();
        reader.finish();
        assertThatThrownBy(() -> reader.feed(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        reader.reset();
        reader.feed(new byte[1], 0, 1);
    }
}
