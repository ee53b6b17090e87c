package io.phaseline.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Streams whose frames repeat, as those of one server do: a few forms that take turns, in which a few values change. Now
 * and then a frame is a little different, which is where a reader that compares frames could go wrong.
 */
public final class RepeatingStreams {
    private static final String[] TEXTS = {
        "",
        "",
        "a",
        "b",
        " word",
        "用户",
        "é",
        "\uD83D\uDE00",
        "\\n",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\u0000",
        "\\/",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "x\\ud83d",
        "\\uDE00y",
        "[DONE]",
        "null",
        "data: ",
        "{",
        "}",
        "a longer piece of text"
    };
    private static final String[] ODD_VALUES = {
        "null",
        "\"b\"",
        "\"\"",
        "{}",
        "[]",
        "[1]",
        "[1,2]",
        "[[]]",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "12",
        "1e2",
        "1.0",
        "0.5",
        "123456789012345678",
        "1234567890123456789",
        "NaN",
        "{\"text\":\"a\"}",
        "[{\"text\":\"a\"}]",
        "[\"a\",null]",
        "[null]",
        "[\"a\"]",
        "[{\"text\":\"a\"},{\"text\":\"b\"}]",
        "{\"a\":[{\"b\":{}}]}",
        "01",
        "1x",
        "\"\\ud83d\"",
        "\"\\x\"",
        "[{}]",
        "[null,{}]",
        "{\"a\":\n1}",
        "[1, 2]",
        "[1,\r2]",
        "{ \"a\" : [ ] }"
    };
    private static final byte[] ODD_BYTES = "x\"\\01- \n\r,:{}[]tnu\t".getBytes(StandardCharsets.US_ASCII);

    private final Random random;
    private final String end;
    private final String space;
    private final int oddity;
    private final String usualValue;
    private final String usualReason;
    private int number;
    private String id;
    private final List<String> codes = new ArrayList<>();

    /**
     * A source of streams.
     *
     * @param seed the same seed is the same streams
     */
    public RepeatingStreams(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        for (int i = 0; i < 8; i++) {
            random.nextInt();
        }
        end = pick("\n", "\n", "\n", "\r\n", "\r");
        space = pick("", " ");
        oddity = pick(12, 40, 200);
        usualValue = pick("null", "null", "[]", "1.5", "{\"a\":[{\"b\":-0.1}]}");
        usualReason = pick("null", "\"\"", "\"null\"");
        id = "id-" + random.nextInt(3);
    }

    /**
     * One input.
     *
     * @return its bytes
     */
    public byte[] stream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int dialect = random.nextInt(3);
        List<Form> forms = forms(dialect);
        int frames = 10 + random.nextInt(40);
        for (int i = 0; i < frames; i++) {
            Form form = forms.get(forms.size() == 1 || chance(3) ? random.nextInt(forms.size()) : i % forms.size());
            byte[] frame = form.frame().getBytes(StandardCharsets.UTF_8);
            if (chance(oddity)) {
                frame = damage(frame);
            }
            out.writeBytes(frame);
            if (chance(100)) {
                out.writeBytes(pick(
                                ": ping" + end + end,
                                "retry: 5" + end,
                                "event: error" + end,
                                end,
                                "data: [DONE]" + end + end,
                                "data:" + space + "{}" + end + end,
                                "id: 1" + end)
                        .getBytes(StandardCharsets.UTF_8));
            }
            if (chance(100)) {
                id = "id-" + random.nextInt(3);
            }
        }
        if (!chance(3)) {
            out.writeBytes(last(dialect).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private byte[] damage(byte[] frame) {
        int at = random.nextInt(frame.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame, 0, at);
        byte odd = chance(4) ? (byte) random.nextInt() : ODD_BYTES[random.nextInt(ODD_BYTES.length)];
        switch (random.nextInt(4)) {
            case 0 -> {
                out.write(odd);
                out.write(frame, at + 1, frame.length - at - 1);
            }
            case 1 -> {
                out.write(odd);
                out.write(frame, at, frame.length - at);
            }
            case 2 -> out.write(frame, at + 1, frame.length - at - 1);
            default -> out.write(frame, at, frame.length - at);
        }
        return out.toByteArray();
    }

    /** A form of frame: text with holes, {@code <t>} for a text, {@code <n>} for a number that counts and so on. */
    private final class Form {
        private final String text;

        Form(String text) {
            this.text = text;
        }

        String frame() {
            StringBuilder out = new StringBuilder();
            number++;
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '<') {
                    out.append(
                            chance(oddity) && text.charAt(i + 1) != 'e'
                                    ? odd(text.charAt(i + 1))
                                    : hole(text.charAt(i + 1)));
                    i += 3;
                } else {
                    out.append(c == '\n' ? end : c);
                    i++;
                }
            }
            return out.toString();
        }
    }

    private String hole(char what) {
        return switch (what) {
            case 't' -> "\"" + text() + "\"";
            case 'e' -> chance(3) ? "\"" + text() + "\"" : "\"\"";
            case 'n' -> "" + number;
            case 'm' -> "" + number / 4;
            case 's' -> "" + (chance(4) ? random.nextInt(200) : 7);
            case 'v' ->
                pick("null", "null", "1.5", "\"fp\"", "[{\"token\":" + "\"a\"" + ",\"logprob\":-0.1}]", "{}", "true");
            case 'i' -> "\"" + id + "\"";
            case 'c' -> tools();
            case 'f' -> chance(40) ? "\"stop\"" : chance(12) ? pick("null", "\"\"") : usualReason;
            case 'b' -> chance(10) ? "true" : "false";
            case 'a' -> chance(10) ? "{\"results\":[1]}" : "null";
            case 'x' -> "" + random.nextInt(2);
            default -> throw new AssertionError(what);
        };
    }

    private String odd(char what) {
        return what == 'n' && chance(2) ? "1" : pick(ODD_VALUES);
    }

    private String text() {
        StringBuilder text = new StringBuilder(pick(TEXTS));
        while (chance(3)) {
            text.append(pick(TEXTS));
        }
        return text.toString();
    }

    /** {@code tool_info}: it grows, is replaced, gets another entry, shrinks, goes away and comes back. */
    private String tools() {
        if (chance(3)) {
            if (codes.isEmpty() || chance(6)) {
                codes.add(chance(4) ? null : chance(2) ? "" : text());
            } else {
                int k = random.nextInt(codes.size());
                String before = codes.get(k);
                codes.set(k, chance(8) ? text() : chance(20) ? null : (before == null ? "" : before) + text());
            }
            if (chance(25)) {
                codes.remove(codes.size() - 1);
            }
        }
        if (chance(30)) {
            return pick("[]", "null", "[null]", "[{}]");
        }
        List<String> entries = new ArrayList<>();
        for (String code : codes) {
            entries.add(
                    code == null
                            ? "{\"type\":\"code_interpreter\"}"
                            : "{\"code_interpreter\":{\"code\":\"" + code + "\"},\"type\":\"code_interpreter\"}");
        }
        return "[" + String.join(",", entries) + "]";
    }

    // The dialects

    private List<Form> forms(int dialect) {
        int count = 1 + random.nextInt(3);
        List<Form> forms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = switch (dialect) {
                case 0 -> dashScope();
                case 1 -> chat();
                default -> responses();
            };
            forms.add(new Form(text));
        }
        return forms;
    }

    /** Some of the members, in any order. */
    private String object(String... members) {
        List<String> some = new ArrayList<>();
        for (String member : members) {
            if (!member.endsWith("?")) {
                some.add(member);
            } else if (chance(2)) {
                some.add(member.substring(0, member.length() - 1));
            }
        }
        if (chance(6)) {
            Collections.shuffle(some, random);
        }
        return "{" + String.join(chance(8) ? ", " : ",", some) + "}";
    }

    private String frame(String head, String payload) {
        return head + "data:" + space + payload + "\n\n";
    }

    private String dashScope() {
        String message = object(
                "\"content\":" + pick("<t>", "<e>", "[{\"text\":<t>}]", "[<t>]"),
                "\"reasoning_content\":<e>?",
                "\"role\":\"assistant\"?");
        String choice = object("\"message\":" + message, "\"finish_reason\":<f>", "\"index\":0?");
        String usage = object(
                "\"total_tokens\":<n>",
                "\"output_tokens\":<m>?",
                "\"input_tokens\":<s>?",
                "\"output_tokens_details\":{\"reasoning_tokens\":<s>}?",
                "\"prompt_tokens_details\":{\"cached_tokens\":<s>}?",
                "\"plugins\":{\"code_interpreter\":{\"count\":<x>}}?");
        String output = chance(10)
                ? object("\"message\":{\"content\":<t>,\"phase\":\"answer\"}", "\"fininshed\":<b>?")
                : chance(8)
                        ? object("\"text\":<t>", "\"finish_reason\":<f>")
                        : object(
                                "\"choices\":[" + choice + pick("", "", "", "", ",null") + "]",
                                "\"tool_info\":<c>?",
                                "\"search_info\":<a>?");
        String payload = object(
                "\"output\":" + output,
                "\"usage\":" + usage + "?",
                "\"request_id\":<i>",
                "\"status_code\":200?",
                "\"x\":<v>?");
        return frame(
                pick(
                        "id:<n>\nevent:result\n:HTTP_STATUS/200\n",
                        "id:<n>\nevent:result\n:HTTP_STATUS/200\n",
                        "",
                        "id: <n>\n"),
                payload);
    }

    private String chat() {
        String call = object(
                "\"index\":<x>?",
                "\"id\":" + pick("\"\"", "null", "\"call_a\"", "<t>") + "?",
                "\"type\":\"function\"?",
                "\"function\":{\"name\":\"f\",\"arguments\":<t>}");
        String delta = object(
                "\"role\":\"assistant\"?",
                "\"content\":" + pick("<t>", "<t>", "<e>", "null", "[{\"type\":\"text\",\"text\":<t>}]"),
                "\"reasoning_content\":<e>?",
                (chance(4) ? "\"reasoning\":<e>" : "\"refusal\":null") + "?",
                (chance(3) ? "\"tool_calls\":[" + call + "]" : "\"tool_calls\":null") + "?");
        String choice = object(
                "\"index\":" + pick("0", "0", "<x>"),
                "\"delta\":" + delta,
                "\"finish_reason\":<f>",
                "\"logprobs\":<v>?");
        String usage = pick(
                "null",
                object(
                        "\"prompt_tokens\":<s>",
                        "\"completion_tokens\":<n>",
                        "\"total_tokens\":<n>?",
                        "\"completion_tokens_details\":{\"reasoning_tokens\":<x>}?"));
        return frame(
                pick("", "", "", "event: message\n", "id: <n>\n"),
                object(
                        "\"id\":<i>",
                        "\"object\":\"chat.completion.chunk\"",
                        "\"created\":<m>",
                        "\"model\":\"m\"?",
                        "\"system_fingerprint\":<v>?",
                        "\"choices\":[" + choice + (chance(8) ? "," + choice : "") + "]",
                        "\"usage\":" + usage + "?"));
    }

    private String responses() {
        String type = pick(
                "output_text.delta",
                "output_text.delta",
                "reasoning_text.delta",
                "reasoning_summary_text.delta",
                "code_interpreter_call_code.delta",
                "function_call_arguments.delta",
                "output_text.done",
                "output_item.added",
                "code_interpreter_call.in_progress",
                "in_progress");
        String[] said = switch (type) {
            case "output_text.done" -> new String[] {"\"text\":<t>"};
            case "output_item.added" ->
                new String[] {
                    "\"item\":"
                            + pick(
                                    "{\"id\":\"it-<x>\",\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":<e>}]}",
                                    "{\"id\":\"it-<x>\",\"type\":\"function_call\",\"name\":\"f\",\"arguments\":<t>}",
                                    "{\"id\":\"it-<x>\",\"type\":\"web_search_call\",\"action\":<v>}")
                };
            case "in_progress" -> new String[] {"\"response\":{\"id\":<i>,\"output\":" + pick("<v>", "[]") + "}"};
            default -> new String[] {"\"delta\":<t>"};
        };
        List<String> members = new ArrayList<>(List.of(
                "\"type\":\"response." + type + "\"",
                "\"sequence_number\":<n>",
                "\"item_id\":" + pick("\"it-1\"", "\"it-<x>\"") + "?",
                "\"output_index\":" + pick("0", "<x>") + "?",
                "\"content_index\":" + pick("0", "<x>") + "?",
                "\"obfuscation\":<t>?",
                "\"logprobs\":<v>?"));
        members.addAll(List.of(said));
        return frame(
                pick("event: response." + type + "\n", "id:<n>\nevent:response." + type + "\n:HTTP_STATUS/200\n", ""),
                object(members.toArray(new String[0])));
    }

    private String last(int dialect) {
        String usage = "{\"input_tokens\":3,\"output_tokens\":" + number + "}";
        return (switch (dialect) {
                    case 0 ->
                        "data:{\"output\":{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}]},\"usage\":"
                                + usage + "}\n\n";
                    case 1 -> "data: {\"id\":\"z\",\"choices\":[],\"usage\":" + usage + "}\n\ndata: [DONE]\n\n";
                    default ->
                        "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"z\",\"usage\":" + usage
                                + "}}\n\n";
                })
                .replace("\n", end);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
