package io.phaseline.event;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * One difference between what is known of a tool call and what the wire now says of it.
 *
 * <p>Lent to {@link StreamListener#onTool}: valid until that method returns.
 */
public interface ToolChange {
    /** The kinds of difference. */
    enum Kind {
        /** A new call; its first field, if one came along, is the change's field with its whole text. */
        ADDED,
        /** The text of a field goes on: {@link ToolChange#text()} is what follows. */
        APPENDED,
        /** A field has another text: {@link ToolChange#text()} is the whole new one. */
        REPLACED,
        /** The server says that the call is done; no field. */
        COMPLETED
    }

    /**
     * What kind of difference it is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Which call it is.
     *
     * @return the position in order of first appearance, from 0
     */
    int index();

    /**
     * What the tool is: {@code code_interpreter}, {@code function}, or the wire's own type without a trailing
     * {@code _call}.
     *
     * @return the type
     */
    String tool();

    /**
     * Which text changed.
     *
     * @return the field, or null where none did
     */
    @Nullable
    ToolField field();

    /**
     * The text that follows ({@link Kind#ADDED}, {@link Kind#APPENDED}) or the whole new text
     * ({@link Kind#REPLACED}).
     *
     * @return borrowed UTF-8, unescaped; empty where no field changed
     */
    Slice text();
}
