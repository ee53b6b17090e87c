package io.phaseline.benchmarks.report;

import java.util.Locale;

/**
 * One promise and what became of it.
 *
 * @param what is measured
 * @param value what was measured
 * @param must what it has to be
 * @param aim what it should be
 * @param atLeast whether more is better
 * @param unit behind the numbers
 */
record Target(String what, double value, double must, double aim, boolean atLeast, String unit) {
    /** JMH's own bookkeeping allocates a little, which is not the reader's. */
    private static final double NOISE = 0.5;

    static Target atLeast(String what, double value, double must, double aim, String unit) {
        return new Target(what, value, must, aim, true, unit);
    }

    static Target atMost(String what, double value, double must, double aim, String unit) {
        return new Target(what, value, must, aim, false, unit);
    }

    /** A value that is told, and no goal. */
    static Target withoutBounds(String what, double value, String unit) {
        return new Target(what, value, Double.NaN, Double.NaN, true, unit);
    }

    private boolean meets(double bound) {
        return atLeast ? value >= bound : value <= (bound == 0 ? NOISE : bound);
    }

    String row() {
        if (Double.isNaN(must)) {
            return "| " + what + " | " + number(value) + unit + " | | | |";
        }
        String verdict = meets(aim) ? "aim" : meets(must) ? "must" : "**missed**";
        return "| " + what + " | " + number(value) + unit + " | " + bound(must) + " | " + bound(aim) + " | " + verdict
                + " |";
    }

    private String bound(double bound) {
        return (atLeast ? "≥ " : "≤ ") + number(bound) + unit;
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
