package io.phaseline.netty.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.netty.recording.RecordedReads.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedReadsTest {
    @TempDir
    Path folder;

    private Path capture(String times) throws IOException {
        Path capture = folder.resolve("a.sse");
        Files.writeString(RecordedReads.fileBeside(capture), times);
        return capture;
    }

    @Test
    void timeBeginsWithTheRequest() throws IOException {
        Path capture = capture("{\"at_ns\":5,\"length\":0}\n\n{\"length\":3,\"who\":[1],\"at_ns\":7}\n");

        assertThat(RecordedReads.beside(capture).orElseThrow().reads()).isEqualTo(List.of(new Read(2, 3)));
    }

    @Test
    void timeBeginsWithTheFirstReadWhereTheRequestIsMissing() throws IOException {
        Path capture = capture("{\"at_ns\":5,\"length\":2}\n{\"at_ns\":9,\"length\":1}");

        assertThat(RecordedReads.beside(capture).orElseThrow().reads())
                .isEqualTo(List.of(new Read(0, 2), new Read(4, 1)));
    }

    @Test
    void noTimesAreNone() throws IOException {
        assertThat(RecordedReads.beside(folder.resolve("b.sse"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{'at_ns':5,'length':3}#{'at_ns':4,'length':3}         | line 2: the time goes back",
                "{'at_ns':5,'length':3}#{'at_ns':6,'length':0}         | line 2: a read of no bytes",
                "{'at_ns':5}                                           | line 1: not a read",
                "{'at_ns':5,'length':-1}                               | line 1: not a read",
                "#[1]                                                  | line 2: not a read",
                "{'at_ns':5,'length':1}#what?                          | line 2: not JSON",
                "{'at_ns':5,'length':99999999999999999999}             | line 1: not JSON",
                "{'at_ns':5,'length':2147483648}                       | a read of more than",
            })
    void whatIsWrongIsToldWithItsPlace(String times, String told) throws IOException {
        Path capture = capture(times.replace('\'', '"').replace('#', '\n'));

        assertThatThrownBy(() -> RecordedReads.beside(capture))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(RecordedReads.fileBeside(capture) + ": " + told);
    }
}
