package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.fuzz.JsonText.Kind;
import io.phaseline.fuzz.JsonText.Token;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a stream of frames that are nearly the same, as those of a server are: a reader that remembers frames and
 * compares the next ones with them can go wrong in no better place.
 *
 * <p>The fuzzer's choices are a program. It takes one of the frames it was given, writes it several times, and changes
 * one thing in it: a byte, a value, how a text is escaped, how a number is written, the order of two members, the white
 * space, the fields around the data. A change is for one frame, or stays for the frames after it.
 */
final class FrameVariations {
    /** The stream ends after this many bytes, however long the program is. */
    private static final int MAX_BYTES = 3 * FuzzInput.MAX_BYTES / 2;

    private static final String[] VALUES = {
        "null",
        "\"\"",
        "{}",
        "[]",
        "\"a\"",
        "0",
        "1",
        "12",
        "-1",
        "1.0",
        "1e2",
        "12345678901234567890",
        "9223372036854775807",
        "true",
        "false",
        "NaN",
        "[null]",
        "[{}]",
        "[\"a\",null,{\"text\":\"b\"}]",
        "{\"text\":\"a\"}",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"null\"",
        "\"stop\"",
        "{\"a\":[{\"b\":[1,{}]}]}",
        "[[[[[]]]]]",
        "01",
        "\"\\x\"",
        "[1,\ndata:2]"
    };

    private static final String[] TEXTS = {
        "a",
        " b",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0061",
        "\\u00e9",
        "\\u00E9",
        "\u00e9",
        "\u7528\u6237",
        "\ud83d\ude00",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\uDE00",
        "\\u0000",
        "{\\\"a\\\":1}",
        "[DONE]",
        "data: ",
        "a longer piece of text, longer than a word of a machine or four"
    };

    private static final String[] NUMBERS = {"0", "-0", "1.0", "1e0", "10E-1", "01", "1.", "+1", "99999999999999999999"
    };

    private static final String[] SPACES = {" ", "\t", "  ", "\ndata:", "\ndata: ", "\r\ndata:", "\r"};

    private static final String[] MEMBERS = {
        "\"x\":null",
        "\"x_y\":{\"content\":\"no\"}",
        "\"index\":1",
        "\"content\":\"again\"",
        "\"delta\":null",
        "\"id\":\"other\"",
        "\"usage\":null",
        "\"a\":[[{\"b\":[]}],-0.5e-3]"
    };

    private static final String[] HEADS = {
        "",
        "id:1\n",
        "id:2\n",
        "id: 7\nevent:result\n:HTTP_STATUS/200\n",
        "event: message\n",
        ":\n",
        "retry: 5\n",
        "event:error\n:HTTP_STATUS/500\n",
        "event: response.output_text.delta\n",
        "data:\n",
        "id\n",
        "\uFEFF"
    };

    private final List<byte[]> frames;
    private final Choices choices;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private byte[] frame;

    /**
     * Variations of frames.
     *
     * @param frames at least one, each with the blank line that ends it
     * @param choices the program
     */
    FrameVariations(List<byte[]> frames, Choices choices) {
        this.frames = frames;
        this.choices = choices;
        this.frame = frames.get(0);
    }

    /** Frames with the blank lines that end them. */
    static List<byte[]> split(byte[] body) {
        List<byte[]> frames = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < body.length; i++) {
            if (endsFrame(body, i)) {
                frames.add(Arrays.copyOfRange(body, start, i + 1));
                start = i + 1;
            }
        }
        if (start < body.length || frames.isEmpty()) {
            frames.add(Arrays.copyOfRange(body, start, body.length));
        }
        return frames;
    }

    private static boolean endsFrame(byte[] body, int i) {
        boolean isSecondOfPair = body[i] == '\n' && body[i - 1] == '\r';
        return isSecondOfPair
                ? i > 1 && body[i - 2] == '\n'
                : body[i] == body[i - 1] && (body[i] == '\n' || body[i] == '\r');
    }

    byte[] stream() {
        while (!choices.isEmpty() && out.size() < MAX_BYTES) {
            int choice = choices.octet();
            byte[] before = frame;
            change(choice & 0x1F);
            out.writeBytes(frame);
            boolean stays = (choice & 0x20) != 0;
            if (!stays) {
                frame = before;
            }
            // So that there is something to have learnt, and something to go wrong afterwards.
            int again = choice >> 6;
            for (int i = 0; i < again && out.size() < MAX_BYTES; i++) {
                out.writeBytes(frame);
            }
        }
        return out.toByteArray();
    }

    private void change(int what) {
        switch (what) {
            case 0 -> {}
            case 1 -> takeNext();
            case 2 -> replace(position(), 1, one());
            case 3 -> replace(position(), 0, one());
            case 4 -> replace(position(), 1 + choices.below(4), "");
            case 5, 6 -> changeValue(choices.pick(VALUES));
            case 7, 8, 9 -> growString();
            case 10 -> escapeOneCharacter();
            case 11, 12 -> countUp();
            case 13 -> changeScalar(choices.pick(NUMBERS));
            case 14, 15 -> addSpace();
            case 16, 17 -> swapMembers();
            case 18 -> addMember(choices.pick(MEMBERS));
            case 19 -> removeMember();
            case 20 -> repeatMember();
            case 21, 22 -> changeHead(choices.pick(HEADS));
            case 23 -> changeLineEnds(choices.below(3));
            case 24 -> frame = Arrays.copyOf(frame, position());
            case 25 -> shrinkString();
            case 26 -> spaceAfterColon();
            case 27 -> frame = "data: [DONE]\n\n".getBytes(UTF_8);
            case 28 -> frame = frames.get(choices.below(frames.size()));
            default -> takeNext();
        }
    }

    private void takeNext() {
        int i = 0;
        while (i < frames.size() - 1 && frames.get(i) != frame) {
            i++;
        }
        frame = frames.get((i + 1) % frames.size());
    }

    // Places

    private int position() {
        return choices.below(Math.max(1, frame.length));
    }

    private String one() {
        return new String(new byte[] {(byte) choices.octet()}, ISO_8859_1);
    }

    private void replace(int at, int length, String by) {
        byte[] bytes = by.chars().allMatch(c -> c < 256) ? by.getBytes(ISO_8859_1) : by.getBytes(UTF_8);
        replace(at, length, bytes);
    }

    private void replace(int at, int length, byte[] by) {
        int start = Math.min(at, frame.length);
        int end = Math.min(start + length, frame.length);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(frame, 0, start);
        changed.writeBytes(by);
        changed.write(frame, end, frame.length - end);
        frame = changed.toByteArray();
    }

    // Values

    /** The tokens of the frame that are values, as positions in {@code tokens}. */
    private List<Integer> values(List<Token> tokens) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            byte first = frame[tokens.get(i).start()];
            boolean begins = tokens.get(i).kind() != Kind.PUNCTUATION || first == '{' || first == '[';
            if (begins && !JsonText.isName(frame, tokens, i)) {
                values.add(i);
            }
        }
        return values;
    }

    private void changeValue(String to) {
        List<Token> tokens = JsonText.tokens(frame);
        List<Integer> values = values(tokens);
        if (!values.isEmpty()) {
            int first = values.get(choices.below(values.size()));
            int last = JsonText.afterValue(frame, tokens, first) - 1;
            int start = tokens.get(first).start();
            replace(start, tokens.get(last).end() - start, to.getBytes(UTF_8));
        }
    }

    /** A token of a kind that is a value. */
    private Token value(Kind kind) {
        List<Token> tokens = JsonText.tokens(frame);
        List<Token> some = values(tokens).stream()
                .map(tokens::get)
                .filter(token -> token.kind() == kind)
                .toList();
        return some.isEmpty() ? new Token(kind, frame.length, frame.length) : some.get(choices.below(some.size()));
    }

    private void growString() {
        Token string = value(Kind.STRING);
        if (string.start() < string.end()) {
            replace(string.end() - 1, 0, choices.pick(TEXTS).getBytes(UTF_8));
        }
    }

    private void shrinkString() {
        Token string = value(Kind.STRING);
        int inside = string.end() - string.start() - 2;
        if (inside > 0) {
            int keep = choices.below(inside);
            replace(string.start() + 1 + keep, inside - keep, "");
        }
    }

    private void escapeOneCharacter() {
        List<Token> tokens = JsonText.tokens(frame);
        List<Token> strings =
                tokens.stream().filter(token -> token.kind() == Kind.STRING).toList();
        if (strings.isEmpty()) {
            return;
        }
        // Names may be escaped as well.
        Token string = strings.get(choices.below(strings.size()));
        int at = string.start() + 1 + choices.below(Math.max(1, string.end() - string.start() - 2));
        if (at < string.end() - 1 && frame[at] > ' ' && frame[at] != '\\' && frame[at - 1] != '\\') {
            String form = choices.oneIn(2) ? "\\u%04X" : "\\u%04x";
            replace(at, 1, String.format(form, (int) frame[at]));
        }
    }

    private void changeScalar(String to) {
        Token scalar = value(Kind.SCALAR);
        replace(scalar.start(), scalar.end() - scalar.start(), to);
    }

    private void countUp() {
        Token scalar = value(Kind.SCALAR);
        String text = new String(frame, scalar.start(), scalar.end() - scalar.start(), ISO_8859_1);
        if (text.matches("-?[0-9]{1,17}")) {
            replace(scalar.start(), text.length(), Long.toString(Long.parseLong(text) + 1 + choices.below(100)));
        }
    }

    // Form

    private void addSpace() {
        List<Token> tokens = JsonText.tokens(frame);
        if (!tokens.isEmpty()) {
            Token token = tokens.get(choices.below(tokens.size()));
            replace(choices.oneIn(2) ? token.start() : token.end(), 0, choices.pick(SPACES));
        }
    }

    /** A member: from its name to the end of its value. */
    private record Member(int start, int end) {}

    private List<Member> members() {
        List<Token> tokens = JsonText.tokens(frame);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (JsonText.isName(frame, tokens, i)) {
                int after = JsonText.afterValue(frame, tokens, i + 2);
                members.add(
                        new Member(tokens.get(i).start(), tokens.get(after - 1).end()));
            }
        }
        return members;
    }

    private Member member() {
        List<Member> members = members();
        return members.isEmpty() ? new Member(frame.length, frame.length) : members.get(choices.below(members.size()));
    }

    private byte[] text(Member member) {
        return Arrays.copyOfRange(frame, member.start, member.end);
    }

    private void swapMembers() {
        List<Member> members = members();
        if (members.isEmpty()) {
            return;
        }
        Member one = members.get(choices.below(members.size()));
        for (Member other : members) {
            if (other.start > one.end) {
                byte[] first = text(one);
                byte[] second = text(other);
                replace(other.start, second.length, first);
                replace(one.start, first.length, second);
                return;
            }
        }
    }

    private void addMember(String member) {
        replace(member().start, 0, member + ",");
    }

    private void repeatMember() {
        Member member = member();
        if (member.start < member.end) {
            String text = new String(text(member), ISO_8859_1);
            replace(member().start, 0, (text + ",").getBytes(ISO_8859_1));
        }
    }

    private void removeMember() {
        Member member = member();
        int end = member.end < frame.length && frame[member.end] == ',' ? member.end + 1 : member.end;
        replace(member.start, end - member.start, "");
    }

    // Fields

    private int dataAt() {
        for (int i = 0; i + 5 <= frame.length; i++) {
            if (new String(frame, i, 5, ISO_8859_1).equals("data:")) {
                return i;
            }
        }
        return 0;
    }

    private void changeHead(String head) {
        replace(0, dataAt(), head.getBytes(UTF_8));
    }

    private void spaceAfterColon() {
        int at = Math.min(frame.length, dataAt() + 5);
        boolean hasSpace = at < frame.length && frame[at] == ' ';
        replace(at, hasSpace ? 1 : 0, hasSpace ? "" : " ");
    }

    private void changeLineEnds(int which) {
        String end = List.of("\n", "\r\n", "\r").get(which);
        frame = new String(frame, ISO_8859_1)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\n", end)
                .getBytes(ISO_8859_1);
    }
}
