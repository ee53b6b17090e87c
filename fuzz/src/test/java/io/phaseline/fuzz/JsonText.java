package io.phaseline.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that hold JSON, or something like it, taken apart into tokens, so that a change can be made at a place that
 * means something. It understands nothing: whatever is no token is a token of one byte.
 */
final class JsonText {
    /** What a token is. */
    enum Kind {
        STRING,
        /** A number or a word. */
        SCALAR,
        PUNCTUATION
    }

    /** Where a token stands: start inclusive, end exclusive. */
    record Token(Kind kind, int start, int end) {}

    private JsonText() {}

    /** The tokens from the first brace or bracket on. */
    static List<Token> tokens(byte[] bytes) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && bytes[at] != '{' && bytes[at] != '[') {
            at++;
        }
        while (at < bytes.length) {
            int end = at + 1;
            if (bytes[at] == '"') {
                end = stringEnd(bytes, end);
                tokens.add(new Token(Kind.STRING, at, end));
            } else if (isScalar(bytes[at])) {
                while (end < bytes.length && isScalar(bytes[end])) {
                    end++;
                }
                tokens.add(new Token(Kind.SCALAR, at, end));
            } else if (bytes[at] > ' ') {
                tokens.add(new Token(Kind.PUNCTUATION, at, end));
            }
            at = end;
        }
        return tokens;
    }

    private static int stringEnd(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '"' && bytes[at] != '\n' && bytes[at] != '\r') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(bytes.length, at + 1);
    }

    private static boolean isScalar(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '+' || b == '.';
    }

    /** Whether the token at {@code i} is a name: a colon follows. */
    static boolean isName(byte[] bytes, List<Token> tokens, int i) {
        return tokens.get(i).kind() == Kind.STRING
                && i + 1 < tokens.size()
                && bytes[tokens.get(i + 1).start()] == ':';
    }

    /** The token after the value that begins at {@code i}. */
    static int afterValue(byte[] bytes, List<Token> tokens, int i) {
        int depth = 0;
        for (int at = i; at < tokens.size(); at++) {
            byte b = bytes[tokens.get(at).start()];
            if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            if (depth <= 0) {
                return at + 1;
            }
        }
        return tokens.size();
    }
}
