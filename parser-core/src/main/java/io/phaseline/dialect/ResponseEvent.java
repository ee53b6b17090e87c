package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.dialect.OutputItem.Family;
import org.jspecify.annotations.Nullable;

/** The event types of the Responses API that say something by themselves; those of tools are told by their pattern. */
enum ResponseEvent {
    CREATED("response.created"),
    QUEUED("response.queued"),
    IN_PROGRESS("response.in_progress"),
    COMPLETED("response.completed"),
    INCOMPLETE("response.incomplete"),
    FAILED("response.failed"),
    CANCELLED("response.cancelled"),
    CANCELED("response.canceled"),
    ERROR("error"),
    ITEM_ADDED("response.output_item.added"),
    ITEM_DONE("response.output_item.done"),
    PART_ADDED("response.content_part.added"),
    PART_DONE("response.content_part.done"),
    SUMMARY_PART_ADDED("response.reasoning_summary_part.added"),
    SUMMARY_PART_DONE("response.reasoning_summary_part.done"),
    TEXT_DELTA("response.output_text.delta", Family.OUTPUT_TEXT),
    TEXT_DONE("response.output_text.done"),
    REFUSAL_DELTA("response.refusal.delta", Family.REFUSAL),
    REFUSAL_DONE("response.refusal.done"),
    REASONING_DELTA("response.reasoning_text.delta", Family.REASONING_TEXT),
    REASONING_DONE("response.reasoning_text.done"),
    SUMMARY_DELTA("response.reasoning_summary_text.delta", Family.SUMMARY_TEXT),
    SUMMARY_DONE("response.reasoning_summary_text.done");

    private static final ResponseEvent[] ALL = values();
    private static final int SHORTEST = 5;
    private static final int SLOTS = 128;
    private static final @Nullable ResponseEvent[][] BY_HASH = new ResponseEvent[SLOTS][];

    static {
        for (ResponseEvent event : ALL) {
            int slot = slotOf(Slice.of(event.wireName));
            @Nullable ResponseEvent[] before = BY_HASH[slot] == null ? new ResponseEvent[0] : BY_HASH[slot];
            @Nullable ResponseEvent[] with = new ResponseEvent[before.length + 1];
            System.arraycopy(before, 0, with, 0, before.length);
            with[before.length] = event;
            BY_HASH[slot] = with;
        }
    }

    private final String wireName;

    /** What its piece of text belongs to; null if it brings none. */
    final @Nullable Family delta;

    ResponseEvent(String wireName) {
        this(wireName, null);
    }

    ResponseEvent(String wireName, @Nullable Family delta) {
        this.wireName = wireName;
        this.delta = delta;
    }

    /** A few bytes tell the names apart as far as slots go. */
    private static int slotOf(Slice name) {
        int length = name.length();
        if (length < SHORTEST) {
            return 0;
        }
        int hash = length * 31 + name.byteAt(length / 2);
        hash = hash * 31 + name.byteAt(length - 1);
        hash = hash * 31 + name.byteAt(length * 5 / 8);
        return (hash ^ hash >>> 7) & SLOTS - 1;
    }

    static @Nullable ResponseEvent of(Slice name) {
        if (name.length() > 64) {
            return null;
        }
        @Nullable ResponseEvent[] slot = BY_HASH[slotOf(name)];
        if (slot != null) {
            for (ResponseEvent event : slot) {
                if (event != null && name.contentEquals(event.wireName)) {
                    return event;
                }
            }
        }
        return null;
    }
}
