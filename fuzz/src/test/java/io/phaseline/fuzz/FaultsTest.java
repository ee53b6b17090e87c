package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.bytes.Slice;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Misuse and accidents, over every golden: what a caller does wrong is refused in words, and nothing is told twice. */
class FaultsTest {
    private static final int LONGEST = 3_000;

    private static final List<Golden> GOLDENS = Golden.all().stream()
            .filter(golden -> golden.bytes().length <= LONGEST)
            .toList();

    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Thrown() {
            super(null, null, false, false);
        }
    }

    private static List<StreamEvent> read(Golden golden) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(golden.options(), listener);
            parser.feed(golden.bytes().clone());
            parser.finish();
        });
    }

    @Test
    void aListenerThatThrowsAtItsNthCallClosesTheParserAndHearsNothingTwice() {
        for (Golden golden : GOLDENS) {
            List<StreamEvent> whole = read(golden);
            for (int n = 0; n < whole.size(); n++) {
                List<StreamEvent> heard = new ArrayList<>();
                int last = n;
                StreamParser parser = new StreamParser(golden.options(), new EventRecorder(event -> {
                    heard.add(event);
                    if (heard.size() == last + 1) {
                        throw new Thrown();
                    }
                }));
                assertThatThrownBy(() -> {
                            parser.feed(golden.bytes().clone());
                            parser.finish();
                        })
                        .as("%s, call %s", golden.name(), n)
                        .isInstanceOf(Thrown.class);
                assertThat(heard).as(golden.name()).containsExactlyElementsOf(whole.subList(0, n + 1));
                assertIsClosed(parser);
                heard.clear();
                parser.reset();
                assertThatCode(() -> parser.feed(new byte[0])).doesNotThrowAnyException();
            }
        }
    }

    private static void assertIsClosed(StreamParser parser) {
        assertThatThrownBy(() -> parser.feed(new byte[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reset()");
        assertThatThrownBy(parser::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(parser::snapshot).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterAThrowAndAResetTheParserIsAsNew() {
        for (Golden golden : GOLDENS) {
            List<StreamEvent> heard = new ArrayList<>();
            boolean[] throwing = {true};
            StreamParser parser = new StreamParser(golden.options(), new EventRecorder(event -> {
                heard.add(event);
                if (throwing[0] && heard.size() == 2) {
                    throw new Thrown();
                }
            }));
            assertThatThrownBy(() -> {
                        parser.feed(golden.bytes().clone());
                        parser.finish();
                    })
                    .isInstanceOf(Thrown.class);
            throwing[0] = false;
            heard.clear();
            parser.reset();
            parser.feed(golden.bytes().clone());
            parser.finish();
            assertThat(heard).as(golden.name()).containsExactlyElementsOf(read(golden));
        }
    }

    @Test
    void aFeedFromASecondThreadIsRefused() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                inside.countDown();
                try {
                    refused.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        byte[] chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".getBytes(UTF_8);
        FutureTask<Void> first = new FutureTask<>(() -> parser.feed(chunk), null);
        new Thread(first).start();
        inside.await();
        assertThatThrownBy(() -> parser.feed(chunk))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one thread at a time");
        assertThatThrownBy(parser::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(parser::reset).isInstanceOf(IllegalStateException.class);
        refused.countDown();
        first.get();
        parser.finish();
    }

    @Test
    void finishingTwiceSaysNothingMore() {
        for (Golden golden : GOLDENS) {
            List<StreamEvent> heard = EventRecorder.record(listener -> {
                StreamParser parser = new StreamParser(golden.options(), listener);
                parser.feed(golden.bytes().clone());
                parser.finish();
                parser.finish();
                assertThatThrownBy(() -> parser.feed(new byte[1])).hasMessageContaining("finished");
            });
            assertThat(heard).as(golden.name()).containsExactlyElementsOf(read(golden));
        }
    }

    @Test
    void aBufferThatIsChangedAfterwardsChangesNothing() {
        for (Golden golden : GOLDENS) {
            byte[] bytes = golden.bytes();
            for (int cut = 0; cut <= bytes.length; cut += 1 + bytes.length / 40) {
                byte[] buffer = Arrays.copyOf(bytes, cut);
                int at = cut;
                List<StreamEvent> heard = EventRecorder.record(listener -> {
                    StreamParser parser = new StreamParser(golden.options(), listener);
                    parser.feed(buffer);
                    Arrays.fill(buffer, (byte) '"');
                    parser.feed(bytes, at, bytes.length - at);
                    parser.finish();
                });
                assertThat(heard).as("%s at %s", golden.name(), cut).containsExactlyElementsOf(read(golden));
            }
        }
    }

    @Test
    void aViewThatIsKeptIsCaughtWhereAssertionsAreOn() {
        List<Slice> kept = new ArrayList<>();
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT, new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                assertThat(delta.toString()).isEqualTo("a");
                kept.add(delta);
            }
        });
        parser.feed("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".getBytes(UTF_8));
        parser.finish();
        assertThat(kept).hasSize(1);
        assertThatThrownBy(() -> kept.get(0).copy())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("copy()");
    }
}
