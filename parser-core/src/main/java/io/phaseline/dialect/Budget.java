package io.phaseline.dialect;

/** How many entries of lists may still be read in one chunk: a chunk of millions must not become millions of objects. */
final class Budget {
    private final int limit;
    private int left;
    private boolean exceeded;

    Budget(int limit) {
        this.limit = limit;
        refill();
    }

    void refill() {
        left = limit;
        exceeded = false;
    }

    boolean take() {
        if (left == 0) {
            exceeded = true;
            return false;
        }
        left--;
        return true;
    }

    boolean isExceeded() {
        return exceeded;
    }

    void deliver(Signals signals) {
        if (exceeded) {
            signals.limit("maxItems");
        }
    }
}
