package io.phaseline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pieces of calls that the client is to run, as servers cut and mislabel them: PROTOCOL B.6 and C.3. */
final class ToolCallFragments {
    private final Streams chance;

    ToolCallFragments(Streams chance) {
        this.chance = chance;
    }

    List<Object> some() {
        List<Object> fragments = new ArrayList<>();
        int count = 1 + chance.random.nextInt(2);
        for (int i = 0; i < count; i++) {
            fragments.add(chance.chance(40) ? null : fragment());
        }
        return fragments;
    }

    private Map<String, Object> fragment() {
        Map<String, Object> fragment = Streams.members();
        chance.maybe(fragment, 4, "index", chance.random.nextInt(2));
        chance.maybe(fragment, 3, "id", chance.pickObject("", "", null, "call_a", "call_b", "call_c"));
        chance.maybe(fragment, 3, "type", "function");
        if (!chance.chance(20)) {
            fragment.put("function", function());
        }
        return fragment;
    }

    Map<String, Object> function() {
        Map<String, Object> function = Streams.members();
        chance.maybe(function, 2, "name", chance.pickObject("f", "f", "get", "", null));
        chance.maybe(function, 6, "arguments", arguments());
        return function;
    }

    private Object arguments() {
        return switch (chance.random.nextInt(10)) {
            case 0 -> null;
            case 1 -> Streams.members("city", chance.word(), "n", List.of(1));
            // The same beginnings again and again, so that texts do repeat and grow.
            case 2 -> "{\"a\":1}";
            case 3 -> "{\"a\":1";
            case 4 -> "{\"a\":";
            default -> chance.piecesOfArguments();
        };
    }
}
