package io.phaseline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;

/** Texts in pieces as long as tokens are: 1 to 8 characters of English, 1 to 3 of Chinese. */
final class Prose {
    private static final String[] WORDS = {
        " the",
        " user",
        " is",
        " asking",
        " for",
        " a",
        " result",
        " of",
        " this",
        " value",
        " I",
        " need",
        " to",
        " compute",
        " it",
        " with",
        " code",
        " so",
        " that",
        " we",
        " can",
        " check",
        " number",
        " digits",
        " large",
        " then",
        " print",
        " list",
        " first",
        " table",
        " answer",
        " which",
        " sum",
        " mean",
        " and",
        " in",
        " are",
        " between",
        " factor",
        " prime",
        " matrix",
        " data",
        " total",
        " power",
        " exact",
        " about",
        " step",
        " each"
    };
    private static final String[] ENDS = {".", ",", ":", ";", "?", "!", " (", ")", "s", "ing", "ed", "ly"};
    private static final String CHARACTERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
            + "多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形";
    private static final String[] CHINESE_ENDS = {"，", "。", "：", "、", "（", "）", "；", "？"};
    /** What JSON must escape, and what servers that print ASCII only write as surrogate pairs. */
    private static final String[] SPECIAL = {
        "\n", "\n\n", "\"", "\\", "\\(", "\\)", "**", "`", "\t", " \"", "\":", "😀", "✅", " ∑", "²", "$", "{", "}]"
    };

    private final Dice dice;
    private final Language language;

    Prose(Dice dice, Language language) {
        this.dice = dice;
        this.language = language;
    }

    List<String> pieces(int count) {
        List<String> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pieces.add(piece());
        }
        return pieces;
    }

    String piece() {
        int kind = dice.below(100);
        if (kind < 7) {
            return dice.pick(SPECIAL);
        }
        if (kind < 14) {
            return Integer.toString(dice.below(10_000));
        }
        boolean chinese = language == Language.CHINESE || (language == Language.MIXED && dice.chance(0.5));
        return chinese ? chinese(kind) : english(kind);
    }

    private String english(int kind) {
        return kind < 26 ? dice.pick(ENDS) : dice.pick(WORDS);
    }

    private String chinese(int kind) {
        if (kind < 26) {
            return dice.pick(CHINESE_ENDS);
        }
        int length = dice.between(1, 3);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(dice.below(CHARACTERS.length())));
        }
        return text.toString();
    }

    /** Python of about so many characters, never longer, always ending with a print. */
    String code(int length) {
        String last = "print(result)";
        StringBuilder code = new StringBuilder(length);
        code.append("import math\n\n");
        while (code.length() < length - last.length()) {
            statement(code);
        }
        code.setLength(Math.max(0, length - last.length()));
        if (code.length() > 0 && Character.isHighSurrogate(code.charAt(code.length() - 1))) {
            code.setLength(code.length() - 1);
        }
        return code.append(last).toString();
    }

    private void statement(StringBuilder code) {
        String name = "v" + dice.below(1000);
        switch (dice.below(5)) {
            case 0 ->
                code.append(name)
                        .append(" = ")
                        .append(dice.below(1000))
                        .append(" ** ")
                        .append(dice.below(30));
            case 1 ->
                code.append("for i in range(")
                        .append(dice.below(100))
                        .append("):\n    ")
                        .append(name)
                        .append(" += i");
            case 2 ->
                code.append("result = math.sqrt(").append(name).append(") / ").append(dice.between(1, 9));
            case 3 ->
                code.append("print(f\"")
                        .append(name)
                        .append(" = {")
                        .append(name)
                        .append("}\\n\")");
            default -> {
                code.append('#');
                for (int i = dice.between(3, 8); i > 0; i--) {
                    code.append(piece().replace('\n', ' '));
                }
            }
        }
        code.append('\n');
    }
}
