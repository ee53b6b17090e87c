package io.phaseline.benchmarks.contender;

/** Looks at both ends of each payload and no further, to time a framing alone. */
final class NoJson extends JsonStage {
    NoJson(Tally tally) {
        super(tally);
    }

    @Override
    void chunk(byte[] bytes, int offset, int length) {
        tally.payload(length, bytes[offset] + bytes[offset + length - 1]);
    }

    @Override
    void chunk(String text) {
        tally.payload(text.length(), text.charAt(0) + text.charAt(text.length() - 1));
    }
}
