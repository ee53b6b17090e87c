package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    private static final Pattern SOURCE = Pattern.compile("\\{\"source\":\"([^\"]*)\"");

    @TempDir
    Path folder;

    private static List<String> sources(Run run) {
        return SOURCE.matcher(run.out())
                .results()
                .map(MatchResult::group)
                .map(s -> s.substring(11, s.length() - 1))
                .toList();
    }

    @Test
    void aFolderIsReadRecursivelyAndSorted() {
        Path b = Captures.write(folder, "b.sse", Captures.CHAT);
        Path deep = Captures.write(folder, "a/z/deep", Captures.CALL);
        Path a = Captures.write(folder, "a/c.log", Captures.RESPONSES);
        Captures.write(folder, ".hidden.sse", Captures.CHAT);
        Captures.write(folder, ".git/x.sse", Captures.CHAT);

        Run run = Run.of("result", folder);

        assertThat(sources(run)).containsExactly(a.toString(), deep.toString(), b.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void aHiddenFileIsReadWhenNamed() {
        Path hidden = Captures.write(folder, ".hidden/.a.sse", Captures.CHAT);

        assertThat(sources(Run.of("result", hidden))).containsExactly(hidden.toString());
        Path visible = Captures.write(folder, ".hidden/b.sse", Captures.CHAT);
        assertThat(sources(Run.of("result", hidden.getParent()))).containsExactly(visible.toString());
    }

    @Test
    void whatIsNoStreamIsPassedOverInAFolder() {
        Path good = Captures.write(folder, "m.sse", Captures.CHAT);
        Path picture = Captures.write(folder, "a.png", Captures.PNG);
        Path text = Captures.write(folder, "z.txt", "Read me first.\n\nIt is a text: a plain one.\n");
        Path empty = Captures.write(folder, "empty", "");

        for (String command : List.of("frames", "events", "result", "show")) {
            Run run = Run.of(command, folder);
            assertThat(run.out()).contains("m.sse").doesNotContain("a.png", "z.txt", "empty");
            assertThat(run.err().lines())
                    .hasSize(3)
                    .allMatch(line -> line.endsWith(", passed over"))
                    .anyMatch(line -> line.contains(picture.toString()))
                    .anyMatch(line -> line.contains(text.toString()))
                    .anyMatch(line -> line.contains(empty.toString()));
            assertThat(run.status()).isZero();
        }
        assertThat(sources(Run.of("result", folder))).containsExactly(good.toString());
    }

    @Test
    void aLargeFileWithoutLineEndsIsNoStream() {
        Path large = Captures.write(folder, "large", "x".repeat(100));
        Captures.write(folder, "m.sse", "data: " + "x".repeat(100) + "\n\n");

        Run run = Run.of("result", "--max-frame-bytes", 50, folder);
        assertThat(run.err()).isEqualTo("phaseline: " + large + ": nothing in it is a stream, passed over\n");
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out()).contains("m.sse", "\"kind\":\"limit\"", "\"frames\":1");
        assertThat(run.status()).isEqualTo(1);
        assertThat(Run.of("result", "--max-frame-bytes", 50, large).out()).contains("\"kind\":\"limit\"");
    }

    @Test
    void aStreamCutInItsFirstFrameIsNotPassedOver() {
        Captures.write(folder, "a.sse", "data: {\"choices\":[{\"delta\":{\"con");

        Run run = Run.of("result", folder);
        assertThat(run.out()).contains("\"outcome\":\"truncated\"", "\"kind\":\"malformed\"", "\"frames\":0");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsToldAndTheOthersAreRead() {
        Path good = Captures.write(folder, "a.sse", Captures.CHAT);
        Path missing = folder.resolve("missing.sse");

        Run run = Run.of("result", missing, good);
        assertThat(sources(run)).containsExactly(good.toString());
        assertThat(run.err()).isEqualTo("phaseline: " + missing + ": no such file\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void unreadableIsWorseThanFlawed() {
        Path cut = Captures.write(folder, "cut.sse", Captures.CUT);

        assertThat(Run.of("result", folder.resolve("missing"), cut).status()).isEqualTo(2);
        assertThat(Run.of("result", cut, folder.resolve("missing")).status()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutPermissionIsTold() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Path good = Captures.write(folder, "a.sse", Captures.CHAT);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");
            Run run = Run.of("result", folder);
            assertThat(sources(run)).containsExactly(good.toString());
            assertThat(run.err()).isEqualTo("phaseline: " + closed + ": permission denied\n");
            assertThat(run.status()).isEqualTo(2);
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aLoopOfLinksIsReadOnce() throws IOException {
        Path file = Captures.write(folder, "in/a.sse", Captures.CHAT);
        Files.createSymbolicLink(folder.resolve("in/loop"), folder.resolve("in"));

        Run run = Run.of("result", folder);
        assertThat(sources(run)).containsExactly(file.toString());
        assertThat(run.status()).isZero();
    }

    @Test
    void anEmptyFolderIsTold() {
        Run run = Run.of("result", folder);

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("phaseline: " + folder + ": no file in it\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void aNameIsANameWhateverItBeginsWith() {
        Run at = Run.of("result", "@missing");
        assertThat(at.err()).isEqualTo("phaseline: @missing: no such file\n");

        Run dash = Run.of("result", "--", "--missing");
        assertThat(dash.err()).isEqualTo("phaseline: --missing: no such file\n");
    }

    @Test
    void standardInputIsADashOrNothing() {
        String result = Run.piping(Captures.CHAT, "result").out();

        assertThat(result).startsWith("{\"source\":\"-\",");
        assertThat(Run.piping(Captures.CHAT, "result", "-").out()).isEqualTo(result);
    }

    @Test
    void compressionIsToldByTheBytes() {
        byte[] plain = Captures.bytes(Captures.NATIVE);
        byte[] begin = Arrays.copyOf(plain, 1000);
        byte[] rest = Arrays.copyOfRange(plain, 1000, plain.length);
        String expected = Run.piping(plain, "result").out();
        byte[] skippable = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

        for (byte[] packed : List.of(
                Captures.gzip(plain),
                Captures.join(Captures.gzip(begin), Captures.gzip(rest)),
                Captures.zstandard(plain),
                Captures.join(Captures.zstandard(begin), Captures.zstandard(rest)),
                Captures.join(skippable, Captures.zstandard(plain)))) {
            assertThat(Run.piping(packed, "result").out()).isEqualTo(expected);
            assertThat(Run.piping(packed, "result", "--chunk", 1).out()).isEqualTo(expected);
        }
        Path misnamed = Captures.write(folder, "plain.gz", Captures.NATIVE);
        assertThat(Run.of("result", misnamed).status()).isZero();
    }

    @Test
    void ofADamagedFileTheReadablePartIsRead() {
        byte[] plain = Captures.bytes(Captures.NATIVE);
        byte[] gzip = Captures.gzip(plain);
        byte[] secondMember = Captures.join(Captures.gzip(Captures.bytes(Captures.CUT)), Arrays.copyOf(gzip, 40));
        byte[] zstandard = Captures.join(Captures.zstandard(Captures.bytes(Captures.CUT)), Captures.bytes("noise"));

        for (byte[] damaged : List.of(Arrays.copyOf(gzip, gzip.length / 2), secondMember, zstandard)) {
            Run run = Run.piping(damaged, "result");
            assertThat(run.out()).contains("\"outcome\":\"truncated\"");
            assertThat(run.err()).startsWith("phaseline: -: cannot be read: ");
            assertThat(run.status()).isEqualTo(2);
            assertThat(Run.piping(damaged, "result", "--chunk", 1).out()).isEqualTo(run.out());
        }
    }
}
