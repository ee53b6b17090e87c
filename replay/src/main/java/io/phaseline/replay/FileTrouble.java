package io.phaseline.replay;

import io.phaseline.replay.input.ReadFailure;
import java.io.IOException;
import java.nio.file.Path;

/** A file that a run itself needs, such as its output, fails: the run is over. Unchecked, as it comes up anywhere. */
final class FileTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String place;
    private final String reason;

    private FileTrouble(Path place, IOException cause) {
        super(cause);
        this.place = place.toString();
        this.reason = ReadFailure.reason(cause).replace("cannot be read", "cannot be used");
    }

    /** Something done with a file. */
    interface Step<T> {
        T take() throws IOException;
    }

    /** Does something; if that fails, it is told with the file's name. */
    static <T> T at(Path place, Step<T> step) {
        try {
            return step.take();
        } catch (IOException e) {
            throw new FileTrouble(place, e);
        }
    }

    String place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
