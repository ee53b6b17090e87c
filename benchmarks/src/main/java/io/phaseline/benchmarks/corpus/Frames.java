package io.phaseline.benchmarks.corpus;

/** Writes the frames of one body around their payloads. */
final class Frames {
    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Shape shape;
    private final Script script;
    private final Dice dice;
    private final Counting counting;
    private int id;

    Frames(Shape shape, Script script, Dice dice, Counting counting) {
        this.shape = shape;
        this.script = script;
        this.dice = dice;
        this.counting = counting;
    }

    /** As DashScope frames both its native format and its Responses: a status comment, and no space after colons. */
    void dashScope(String event, Object payload) {
        out.append("id:").append(++id).append("\nevent:").append(event).append("\n:HTTP_STATUS/200\ndata:");
        payload(payload);
        out.append("\n\n");
    }

    void openAi(Object payload) {
        out.append("data: ");
        payload(payload);
        out.append("\n\n");
    }

    void done() {
        out.append("data: [DONE]\n\n");
    }

    private void payload(Object payload) {
        counting.frames++;
        boolean noisy = shape.similarity() < 1 && !dice.chance(shape.similarity());
        if (noisy) {
            counting.noisy++;
        }
        Json.write(out, payload, script.asciiOnly(), noisy ? dice : null);
    }

    String text() {
        return out.toString();
    }
}
