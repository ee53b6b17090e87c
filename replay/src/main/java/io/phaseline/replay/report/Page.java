package io.phaseline.replay.report;

import java.util.HashMap;
import java.util.Map;

/** A text with named gaps: {@code {{name}}}. What is put into a gap is never looked at for gaps. */
final class Page {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final String template;
    private final Map<String, String> parts = new HashMap<>();

    Page(String template) {
        this.template = template;
    }

    Page with(String name, String content) {
        parts.put(name, content);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder page = new StringBuilder();
        int at = 0;
        int gap;
        while ((gap = template.indexOf(OPEN, at)) >= 0) {
            int end = template.indexOf(CLOSE, gap);
            String name = template.substring(gap + OPEN.length(), end);
            page.append(template, at, gap).append(parts.get(name));
            at = end + CLOSE.length();
        }
        return page.append(template, at, template.length()).toString();
    }
}
