package io.phaseline.json;

/** Joins the texts of a list: its strings, and the texts of one member of its objects, which may be lists again. */
final class TextParts {
    private final JsonCursor json;
    private final TextArena arena;
    private final Runnable appendScalar;

    /** Reads by a cursor; {@code appendScalar} consumes the scalar at hand and appends its text to the arena. */
    TextParts(JsonCursor json, TextArena arena, Runnable appendScalar) {
        this.json = json;
        this.arena = arena;
        this.appendScalar = appendScalar;
    }

    /** Appends the parts of the list at hand; false if it has none. */
    boolean append(String member) {
        boolean any = false;
        json.enterArray();
        while (json.nextElement()) {
            switch (json.kind()) {
                case STRING -> {
                    appendScalar.run();
                    any = true;
                }
                case OBJECT -> any |= appendMember(member);
                case ARRAY, NUMBER, BOOLEAN, NULL, NOT_A_NUMBER, NONE -> json.skip();
            }
        }
        return any;
    }

    private boolean appendMember(String member) {
        boolean any = false;
        int mark = arena.length();
        json.enterObject();
        while (json.nextMember()) {
            if (!json.name().equals(member)) {
                json.skip();
                continue;
            }
            // The last one of that name wins.
            arena.cutTo(mark);
            any = switch (json.kind()) {
                case STRING, NUMBER, BOOLEAN -> {
                    appendScalar.run();
                    yield true;
                }
                case ARRAY -> append(member);
                case OBJECT, NULL, NOT_A_NUMBER, NONE -> {
                    json.skip();
                    yield false;
                }
            };
        }
        return any;
    }
}
