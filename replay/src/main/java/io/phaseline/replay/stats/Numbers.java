package io.phaseline.replay.stats;

import java.util.Locale;

/** Spells numbers for people. */
final class Numbers {
    private static final double KILO = 1e3;

    private Numbers() {}

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String share(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    static String in(Metric.Unit unit, double value) {
        return switch (unit) {
            case COUNT, BYTES, TOKENS ->
                String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
            case NANOS -> time(value);
            case MILLI_TOKENS_PER_SECOND -> String.format(Locale.ROOT, "%,.1f/s", value / KILO);
        };
    }

    private static String time(double nanos) {
        double value = nanos;
        for (String unit : new String[] {"ns", "µs", "ms"}) {
            if (value < KILO) {
                return digits(value) + " " + unit;
            }
            value /= KILO;
        }
        return digits(value) + " s";
    }

    /** Three digits that count: more than a histogram tells. */
    private static String digits(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
