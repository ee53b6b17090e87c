package io.phaseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.bytes.Slice;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a parser lives: order of calls, threads, exceptions of listeners, what a snapshot takes. */
class StreamParserTest {
    private static final String CHUNK =
            "data:{\"output\":{\"choices\":[{\"message\":{\"content\":\"%s\"},\"finish_reason\":\"null\"}],"
                    + "\"tool_info\":[{\"code_interpreter\":{\"code\":\"1+1\"},\"type\":\"code_interpreter\"}]},"
                    + "\"request_id\":\"r\"}\n\n";

    private static byte[] stream(String... texts) {
        StringBuilder stream = new StringBuilder();
        for (String text : texts) {
            stream.append(CHUNK.formatted(text));
        }
        return stream.toString().getBytes(UTF_8);
    }

    private static List<StreamEvent> events(byte[] input) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(listener);
            parser.feed(input);
            parser.finish();
        });
    }

    @Test
    void afterTheEndNothingIsTakenAndFinishSaysNothingTwice() {
        List<StreamEvent> events = new ArrayList<>();
        StreamParser parser = new StreamParser(new EventRecorder(events::add));
        parser.finish();
        int heard = events.size();
        parser.finish();
        assertThat(events).hasSize(heard);
        assertThatThrownBy(() -> parser.feed(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parser.feed(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        parser.reset();
        parser.feed(new byte[1]);
    }

    /** However the input is cut, a frame is heard with the byte that ends it: with CRLF, its CR. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void whatIsSaidIsHeardAtOnce(String lineEnd) {
        byte[] input = (":HTTP_STATUS/200\n"
                        + new String(stream("a", "b", "", "c", "d", "e", "f", "g", "h", "i", "j"), UTF_8))
                .replace("\n", lineEnd)
                .getBytes(UTF_8);
        for (int size = 1; size <= SmallInputs.MAX_INPUT + 1; size++) {
            assertThat(heardAfterEach(size, input))
                    .as("%d bytes at a time", size)
                    .isEqualTo(heardOfBeginnings(size, input));
        }
    }

    /** What was heard after each input of so many bytes. */
    private static List<String> heardAfterEach(int size, byte[] input) {
        StringBuilder contents = new StringBuilder();
        StreamParser parser = new StreamParser(contentsInto(contents));
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < input.length; i += size) {
            parser.feed(input, i, Math.min(size, input.length - i));
            heard.add(contents.toString());
        }
        return heard;
    }

    /** What is heard of beginnings of the input, each of so many bytes more and each fed at once. */
    private static List<String> heardOfBeginnings(int size, byte[] input) {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < input.length; i += size) {
            StringBuilder contents = new StringBuilder();
            new StreamParser(contentsInto(contents)).feed(Arrays.copyOf(input, Math.min(input.length, i + size)));
            heard.add(contents.toString());
        }
        return heard;
    }

    private static StreamListener contentsInto(StringBuilder contents) {
        return new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                contents.append(delta);
            }
        };
    }

    @Test
    void aListenerThatThrowsClosesTheParserUntilReset() {
        List<String> heard = new ArrayList<>();
        boolean[] throwing = {true};
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                heard.add(delta.toString());
                if (throwing[0]) {
                    throw new UnsupportedOperationException("mine");
                }
            }
        });
        byte[] input = stream("a", "b");
        assertThatThrownBy(() -> parser.feed(input)).hasMessage("mine");
        assertThatThrownBy(() -> parser.feed(input))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reset");
        assertThatThrownBy(parser::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(parser::snapshot).isInstanceOf(IllegalStateException.class);
        throwing[0] = false;
        parser.reset();
        parser.feed(input);
        parser.finish();
        assertThat(heard).containsExactly("a", "a", "b");
    }

    @Test
    void aListenerMayNotFeedTheParserItHears() {
        List<Throwable> refused = new ArrayList<>();
        StreamParser[] parser = new StreamParser[1];
        parser[0] = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                try {
                    parser[0].feed(stream("inner"));
                } catch (IllegalStateException e) {
                    refused.add(e);
                }
            }
        });
        parser[0].feed(stream("outer"));
        parser[0].finish();
        assertThat(refused).hasSize(1);
    }

    @Test
    void aSecondThreadIsRefusedWhileTheFirstFeeds() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                inside.countDown();
                try {
                    assertThat(leave.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        Thread first = new Thread(() -> parser.feed(stream("slow")));
        first.start();
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> parser.feed(stream("second"))).isInstanceOf(IllegalStateException.class);
        leave.countDown();
        first.join();
        parser.finish();
    }

    @Test
    void viewsKeptPastTheirLifeAreCaught() {
        List<Slice> kept = new ArrayList<>();
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                kept.add(delta);
            }
        });
        parser.feed(stream("a"));
        assertThatThrownBy(() -> kept.get(0).length()).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatTheCallerDoesToItsBytesAfterwardsChangesNothing() {
        byte[] input = stream("kept", "and");
        List<StreamEvent> whole = events(input);
        for (int cut = 0; cut <= input.length; cut++) {
            int at = cut;
            List<StreamEvent> overwritten = EventRecorder.record(listener -> {
                StreamParser parser = new StreamParser(listener);
                for (byte[] piece :
                        List.of(Arrays.copyOfRange(input, 0, at), Arrays.copyOfRange(input, at, input.length))) {
                    parser.feed(piece);
                    Arrays.fill(piece, (byte) '!');
                }
                parser.finish();
            });
            assertThat(overwritten).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void theStatusOfTheResponseStandsInForAFrameWithoutOne() {
        List<ErrorReport> errors = new ArrayList<>();
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onError(Place at, ErrorReport error) {
                errors.add(error);
            }
        });
        parser.httpStatus(429);
        parser.feed("{\"error\":{\"message\":\"slow down\",\"code\":\"rate\"}}".getBytes(UTF_8));
        parser.finish();
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.httpStatus()).isEqualTo(429);
            assertThat(error.code()).isEqualTo("rate");
        });
        assertThatThrownBy(() -> parser.httpStatus(7)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSnapshotIsSmall() {
        StreamParser parser = new StreamParser(new StreamListener() {});
        parser.feed(stream("a", "b", "c"));
        assertThat(parser.snapshot().length).isLessThan(256);
    }

    /** Small pieces are joined, and what they bring is perhaps heard when a snapshot is taken: before it, then, and once. */
    @Test
    void whatASnapshotBringsToLightIsHeardOnce() {
        ParserOptions options = ParserOptions.DEFAULT.withLimits(ParserLimits.DEFAULT.withMaxFrameBytes(100));
        // Lines that are no fields of a frame that is not over: the first is told, when it has been read.
        String lines = "data: {}\n\ndata: {}\n" + "x".repeat(300) + "\n" + "y".repeat(300) + "\n\n";
        byte[] input = lines.getBytes(UTF_8);
        List<StreamEvent> whole = EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(options, listener);
            parser.feed(input);
            parser.finish();
        });
        for (int often = 1; often < 60; often++) {
            int each = often;
            assertThat(EventRecorder.record(listener -> {
                        StreamParser parser = new StreamParser(options, listener);
                        for (int i = 0; i < input.length; i++) {
                            parser.feed(input, i, 1);
                            if (i % each == 0) {
                                parser = StreamParser.restore(parser.snapshot(), listener);
                            }
                        }
                        parser.finish();
                    }))
                    .as("a snapshot each %d bytes", often)
                    .isEqualTo(whole);
        }
    }

    @Test
    void damagedSnapshotsAreRefusedAndNothingElse() {
        StreamParser parser = new StreamParser(new StreamListener() {});
        parser.feed(stream("a"));
        parser.feed("data:{\"half".getBytes(UTF_8));
        byte[] whole = parser.snapshot();
        StreamParser.restore(whole, new StreamListener() {});
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StreamParser.restore(cut, new StreamListener() {}))
                    .as("cut to %d", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertThatCode(() -> restoreOrRefuse(flipped)).doesNotThrowAnyException();
            }
        }
    }

    private static void restoreOrRefuse(byte[] snapshot) {
        try {
            StreamParser.restore(snapshot, new StreamListener() {});
        } catch (IllegalArgumentException refused) {
            // The one exception that is allowed.
        }
    }
}
