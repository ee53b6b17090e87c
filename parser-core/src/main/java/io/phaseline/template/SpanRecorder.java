package io.phaseline.template;

import io.phaseline.bytes.Slice;
import io.phaseline.json.ByteCursor;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.NumberValue;
import io.phaseline.json.TextValue;
import java.util.ArrayList;
import java.util.List;

/** A cursor that notes where each value lies that is read or skipped, and where it goes. */
final class SpanRecorder implements JsonCursor {
    private final ByteCursor json;
    private final List<Span> spans = new ArrayList<>();
    private final TextValue part = new TextValue();
    private Slice text = new Slice();
    private boolean clear = true;

    /** Whether it was asked what kind of value is at hand: another kind may then be read in another way. */
    private boolean kindMatters;

    /** Whether snapshots are known, and not read. */
    private boolean skipsSnapshots;

    SpanRecorder(int maxDepth) {
        json = new ByteCursor(maxDepth);
    }

    void skipSnapshots(boolean skips) {
        skipsSnapshots = skips;
    }

    /** Forgets what was noted. */
    void release() {
        spans.clear();
        text = new Slice();
        json.trim();
    }

    /** What was noted since {@link #wrap}, in order. */
    List<Span> spans() {
        return spans;
    }

    /** Whether each value that was read goes to a place of its own. */
    boolean isClear() {
        return clear && !json.sawLoneSurrogate();
    }

    @Override
    public void wrap(Slice newText) {
        text = newText;
        spans.clear();
        clear = true;
        kindMatters = false;
        json.wrap(newText);
    }

    private int here() {
        return text.offset() + json.position();
    }

    private void noteText(Span.Kind kind, TextValue into, int from, int to) {
        noteView(new Span(kind, into, into.slice(), null, from, to));
    }

    private void noteView(Span noted) {
        for (Span span : spans) {
            clear &= span.view != noted.view;
        }
        spans.add(noted);
    }

    @Override
    public void readParts(TextValue into, String member) {
        kindMatters = false;
        switch (json.kind()) {
            case STRING -> readString(into);
            case ARRAY -> readOnlyPart(into, member);
            case NUMBER, BOOLEAN -> {
                int from = here();
                json.readParts(into, member);
                noteText(Span.Kind.FIXED, into, from, here());
            }
            case OBJECT, NULL, NOT_A_NUMBER, NONE -> json.readParts(into, member);
        }
    }

    private void readString(TextValue into) {
        int from = here() + 1;
        if (skipsSnapshots && into.isSnapshot()) {
            json.skip();
            into.present();
            into.setKnown();
        } else {
            json.readParts(into, "");
        }
        noteText(into.isFormative() ? Span.Kind.FIXED : Span.Kind.STRING, into, from, here() - 1);
    }

    /** A list is a text of its own only if it has not more than one part. */
    private void readOnlyPart(TextValue into, String member) {
        into.clear();
        part.clear();
        int parts = 0;
        json.enterArray();
        while (json.nextElement()) {
            switch (json.kind()) {
                case STRING -> {
                    readString(parts == 0 ? into : part);
                    parts++;
                }
                case OBJECT -> parts += readPart(parts == 0 ? into : part, member);
                case ARRAY, NUMBER, BOOLEAN, NULL, NOT_A_NUMBER, NONE -> skip(true);
            }
        }
        clear &= parts <= 1;
    }

    private int readPart(TextValue into, String member) {
        int parts = 0;
        json.enterObject();
        while (json.nextMember()) {
            if (!json.name().equals(member)) {
                skip(false);
            } else if (json.kind() == Kind.STRING) {
                readString(into);
                parts++;
            } else {
                clear = false;
                json.skip();
            }
        }
        return parts;
    }

    @Override
    public void readNumber(NumberValue into) {
        int from = here();
        json.readNumber(into);
        int to = here();
        kindMatters = false;
        for (Span span : spans) {
            clear &= span.number != into;
        }
        if (isPlain(from, to)) {
            spans.add(new Span(Span.Kind.NUMBER, null, null, into, from, to));
        }
    }

    private boolean isPlain(int from, int to) {
        byte[] bytes = text.array();
        if (bytes == null || to - from > Span.MAX_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return to > from;
    }

    @Override
    public void skip() {
        skip(kindMatters);
        kindMatters = false;
    }

    private void skip(boolean keepsKind) {
        boolean isString = json.kind() == Kind.STRING;
        int from = here();
        json.skip();
        int to = here();
        if (isString) {
            spans.add(new Span(Span.Kind.STRING, from + 1, to - 1));
        } else {
            Span.Kind kind = keepsKind ? Span.Kind.FIXED : Span.Kind.VALUE;
            spans.add(new Span(isPlain(from, to) ? Span.Kind.NUMBER : kind, from, to));
        }
    }

    // What decides the form of the text, and is compared.

    @Override
    public Kind kind() {
        kindMatters = true;
        return json.kind();
    }

    @Override
    public boolean enterObject() {
        kindMatters = false;
        return json.enterObject();
    }

    @Override
    public boolean nextMember() {
        return json.nextMember();
    }

    @Override
    public String name() {
        return json.name();
    }

    @Override
    public boolean enterArray() {
        kindMatters = false;
        return json.enterArray();
    }

    @Override
    public boolean nextElement() {
        return json.nextElement();
    }

    @Override
    public void readRaw(Slice into) {
        int from = here();
        kindMatters = false;
        json.readRaw(into);
        noteView(new Span(Span.Kind.FIXED, null, into, null, from, here()));
    }

    @Override
    public long readLong() {
        kindMatters = false;
        return json.readLong();
    }

    @Override
    public boolean isTrue() {
        kindMatters = true;
        return json.isTrue();
    }

    @Override
    public int valueStart() {
        return json.valueStart();
    }

    @Override
    public int position() {
        return json.position();
    }

    @Override
    public boolean sawLoneSurrogate() {
        return json.sawLoneSurrogate();
    }

    @Override
    public boolean end() {
        return json.end();
    }
}
