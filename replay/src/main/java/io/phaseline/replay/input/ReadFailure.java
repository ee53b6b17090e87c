package io.phaseline.replay.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why something cannot be read, in words for people. */
public final class ReadFailure {
    private ReadFailure() {}

    /**
     * Why something cannot be read.
     *
     * @param e what the system says
     * @return words that go behind the name and a colon
     */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something else is there";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason == null ? "cannot be read" : "cannot be read: " + reason;
    }
}
