package io.phaseline.event;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/** A tool change made again from its record. */
record KeptToolChange(
        Kind kind, int index, String tool, @Nullable ToolField field, Slice text) implements ToolChange {}
