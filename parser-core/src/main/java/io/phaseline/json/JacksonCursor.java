package io.phaseline.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.async.ByteBufferFeeder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.phaseline.bytes.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The general path: Jackson Streaming.
 *
 * <p>One non-blocking parser is fed one whole payload after the other, which costs no allocation per payload (a fresh
 * parser costs about a kilobyte). It cannot be fed again after an error, so it is dropped then; and it is dropped when
 * it has seen many new member names, because it keeps each of them in its symbol table.
 *
 * <p>Needs jackson-core 2.15 or newer, for {@link StreamReadConstraints}.
 */
public final class JacksonCursor implements JsonCursor {
    /** Names are kept by Jackson's symbol table for as long as a parser lives; this many characters are enough. */
    private static final int MAX_NAME_CHARS = 64 << 10;

    /** Integers of so many characters always fit, and Jackson turns them into a number without allocating. */
    private static final int ALWAYS_A_LONG = 18;

    private static final int KNOWN_NAMES = 256;
    private static final int SLOTS_PER_NAME = 4;

    private static final int DEFAULT_DEPTH = 1_000;

    /** A factory costs more than a parser, and keeps nothing of what its parsers read as long as none is closed. */
    private static final JsonFactory DEFAULT_FACTORY = factory(DEFAULT_DEPTH);

    private final JsonFactory factory;
    private final TextArena arena = new TextArena();
    private final TextParts parts = new TextParts(this, arena, this::appendText);
    private final Slice text = new Slice();
    private final long[] knownNames = new long[KNOWN_NAMES + SLOTS_PER_NAME];
    private int nextSlot;
    private int newNameChars;

    private @Nullable JsonParser arrayParser;
    private @Nullable JsonParser bufferParser;
    private @Nullable JsonParser parser;
    /** The bytes fed to the buffer parser before this text. */
    private long fedToBufferParser;

    private @Nullable JsonToken token;
    private String name = "";
    private int depth;
    private boolean failed;
    /** A parser cannot be fed again before it has read all it was fed. */
    private boolean ended = true;

    /**
     * A cursor.
     *
     * @param maxDepth how deep a text may be nested
     */
    public JacksonCursor(int maxDepth) {
        this.factory = maxDepth == DEFAULT_DEPTH ? DEFAULT_FACTORY : factory(maxDepth);
    }

    private static JsonFactory factory(int maxDepth) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // A payload with colliding names is JSON like any other; the table is thrown away soon enough.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    @Override
    public void wrap(Slice payload) {
        text.wrap(payload);
        arena.clear();
        depth = 0;
        failed = false;
        if (!ended || newNameChars > MAX_NAME_CHARS) {
            dropParsers();
        }
        ended = false;
        try {
            feed();
        } catch (IOException e) {
            fail();
        }
        if (startsWithBom(payload)) {
            // Jackson would pass over it; behind the input's beginning it is a character.
            fail();
        }
        advance();
    }

    private static boolean startsWithBom(Slice payload) {
        return payload.length() >= 3
                && payload.byteAt(0) == (byte) 0xEF
                && payload.byteAt(1) == (byte) 0xBB
                && payload.byteAt(2) == (byte) 0xBF;
    }

    private void feed() throws IOException {
        byte[] array = text.array();
        int start = text.offset();
        int end = start + text.length();
        if (array != null) {
            JsonParser mine = arrayParser;
            if (mine == null) {
                mine = factory.createNonBlockingByteArrayParser();
                arrayParser = mine;
            }
            parser = mine;
            ((ByteArrayFeeder) mine.getNonBlockingInputFeeder()).feedInput(array, start, end);
            return;
        }
        JsonParser mine = bufferParser;
        if (mine == null) {
            mine = factory.createNonBlockingByteBufferParser();
            bufferParser = mine;
            fedToBufferParser = 0;
        }
        parser = mine;
        ByteBuffer window = text.buffer().duplicate().limit(end).position(start);
        ((ByteBufferFeeder) mine.getNonBlockingInputFeeder()).feedInput(window);
    }

    private JsonParser parser() {
        JsonParser mine = parser;
        if (mine == null) {
            throw new IllegalStateException("no text: wrap() comes first");
        }
        return mine;
    }

    private void dropParsers() {
        arrayParser = null;
        bufferParser = null;
        newNameChars = 0;
        Arrays.fill(knownNames, 0);
    }

    private void fail() {
        failed = true;
        token = null;
        dropParsers();
    }

    private @Nullable JsonToken advance() {
        if (failed) {
            return null;
        }
        try {
            JsonToken next = parser().nextToken();
            if (next == null || next == JsonToken.NOT_AVAILABLE || isForeignNumber(next)) {
                fail();
            } else {
                token = next;
            }
        } catch (IOException e) {
            // Malformed JSON is the sender's fault, reported by end(); what Jackson says of it does not go further.
            fail();
        }
        return token;
    }

    /** Jackson takes INF and +Infinity for numbers, too; nobody prints those. */
    private boolean isForeignNumber(JsonToken next) throws IOException {
        if (next != JsonToken.VALUE_NUMBER_FLOAT || !isNotANumber()) {
            return false;
        }
        String literal = parser().getText();
        return !literal.equals("NaN") && !literal.equals("Infinity") && !literal.equals("-Infinity");
    }

    @Override
    public Kind kind() {
        JsonToken current = token;
        if (current == null) {
            return Kind.NONE;
        }
        return switch (current) {
            case START_OBJECT -> Kind.OBJECT;
            case START_ARRAY -> Kind.ARRAY;
            case VALUE_STRING -> Kind.STRING;
            case VALUE_NUMBER_INT -> Kind.NUMBER;
            case VALUE_NUMBER_FLOAT -> isNotANumber() ? Kind.NOT_A_NUMBER : Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            case VALUE_NULL -> Kind.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> Kind.NONE;
        };
    }

    /** Told by the literal: the non-blocking parser does not set what {@code isNaN()} looks at. */
    private boolean isNotANumber() {
        try {
            JsonParser mine = parser();
            char[] chars = mine.getTextCharacters();
            int at = mine.getTextOffset();
            boolean signed = chars[at] == '-' || chars[at] == '+';
            char first = chars[signed ? at + 1 : at];
            return first == 'N' || first == 'I';
        } catch (IOException e) {
            fail();
            return false;
        }
    }

    @Override
    public boolean enterObject() {
        return enter(JsonToken.START_OBJECT);
    }

    @Override
    public boolean enterArray() {
        return enter(JsonToken.START_ARRAY);
    }

    private boolean enter(JsonToken start) {
        if (token != start) {
            skip();
            return false;
        }
        depth++;
        return true;
    }

    @Override
    public boolean nextMember() {
        JsonToken next = advance();
        if (next != JsonToken.FIELD_NAME) {
            depth--;
            return false;
        }
        try {
            name = parser().currentName();
        } catch (IOException e) {
            fail();
            return false;
        }
        countName(name);
        return advance() != null;
    }

    /** Counts characters of names that are likely to be new: a name is remembered in one of a few slots. */
    private void countName(String name) {
        int hash = name.hashCode();
        long key = (long) hash << 32 | name.length();
        int first = hash & KNOWN_NAMES - 1;
        for (int i = 0; i < SLOTS_PER_NAME; i++) {
            if (knownNames[first + i] == key) {
                return;
            }
        }
        knownNames[first + nextSlot] = key;
        nextSlot = nextSlot + 1 & SLOTS_PER_NAME - 1;
        newNameChars += Math.min(name.length(), MAX_NAME_CHARS) + 16;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean nextElement() {
        JsonToken next = advance();
        if (next == null || next == JsonToken.END_ARRAY) {
            depth--;
            return false;
        }
        return true;
    }

    @Override
    public void readParts(TextValue into, String member) {
        into.clear();
        int mark = arena.length();
        switch (kind()) {
            case STRING, NUMBER, BOOLEAN -> {
                appendText();
                arena.viewFrom(mark, into.present());
            }
            case ARRAY -> {
                if (parts.append(member)) {
                    arena.viewFrom(mark, into.present());
                }
            }
            case OBJECT -> {
                skip();
                into.odd();
            }
            case NULL, NOT_A_NUMBER, NONE -> {}
        }
    }

    private void appendText() {
        try {
            JsonParser mine = parser();
            arena.append(mine.getTextCharacters(), mine.getTextOffset(), mine.getTextLength());
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    public void readRaw(Slice into) {
        JsonToken start = token;
        if (start == JsonToken.START_OBJECT || start == JsonToken.START_ARRAY) {
            int from = position() - 1;
            skip();
            if (!failed) {
                into.wrap(text, from, position() - from);
            }
            return;
        }
        // A scalar's raw form is seldom asked for, and Jackson has already read past it: number and literal as text.
        int mark = arena.length();
        appendText();
        arena.viewFrom(mark, into);
    }

    @Override
    public long readLong() {
        if (kind() != Kind.NUMBER) {
            skip();
            return NOT_A_LONG;
        }
        try {
            JsonParser mine = parser();
            if (mine.getTextLength() > WholeNumbers.LONGEST_LITERAL) {
                return NOT_A_LONG;
            }
            if (token == JsonToken.VALUE_NUMBER_INT && mine.getTextLength() <= ALWAYS_A_LONG) {
                return mine.getLongValue();
            }
            return WholeNumbers.valueOf(mine.getText());
        } catch (IOException e) {
            fail();
            return NOT_A_LONG;
        }
    }

    @Override
    public boolean isTrue() {
        return token == JsonToken.VALUE_TRUE;
    }

    @Override
    public void skip() {
        JsonToken start = token;
        if (start != JsonToken.START_OBJECT && start != JsonToken.START_ARRAY) {
            return;
        }
        int open = 1;
        while (open > 0) {
            JsonToken next = advance();
            if (next == null) {
                return;
            }
            if (next.isStructStart()) {
                open++;
            } else if (next.isStructEnd()) {
                open--;
            } else if (next == JsonToken.FIELD_NAME) {
                countName();
            }
        }
    }

    private void countName() {
        try {
            countName(parser().currentName());
        } catch (IOException e) {
            fail();
        }
    }

    @Override
    public int valueStart() {
        return position() - 1;
    }

    @Override
    public int position() {
        if (failed) {
            return text.length();
        }
        if (parser == arrayParser) {
            return text.length() - unread();
        }
        return (int) (parser().currentLocation().getByteOffset() - fedToBufferParser);
    }

    /** Jackson's only way to tell, without allocating, how much it has not read yet. */
    private int unread() {
        try {
            return parser().releaseBuffered(NOWHERE);
        } catch (IOException e) {
            fail();
            return 0;
        }
    }

    private static final OutputStream NOWHERE = new OutputStream() {
        @Override
        public void write(int b) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}
    };

    @Override
    public boolean sawLoneSurrogate() {
        return arena.sawLoneSurrogate();
    }

    private boolean isBlankFrom(int index) {
        for (int i = index; i < text.length(); i++) {
            byte b = text.byteAt(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean end() {
        if (!failed && !isBlankFrom(position())) {
            fail();
        }
        if (!failed) {
            try {
                // What is left is white space, which the parser has to take before it can be fed again.
                JsonToken next = parser().nextToken();
                if (next != JsonToken.NOT_AVAILABLE || depth != 0) {
                    fail();
                }
            } catch (IOException e) {
                fail();
            }
        }
        boolean whole = !failed;
        ended = true;
        if (parser == bufferParser) {
            fedToBufferParser += text.length();
        }
        token = null;
        text.clear();
        return whole;
    }
}
