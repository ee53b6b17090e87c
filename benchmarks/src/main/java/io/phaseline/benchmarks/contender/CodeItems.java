package io.phaseline.benchmarks.contender;

import java.util.ArrayList;
import java.util.List;

/** Which code an item is: in the Responses format calls are told apart by the item's id. */
final class CodeItems {
    private final List<String> ids = new ArrayList<>();

    void clear() {
        ids.clear();
    }

    int index(String id) {
        int known = ids.indexOf(id);
        if (known >= 0) {
            return known;
        }
        ids.add(id);
        return ids.size() - 1;
    }
}
