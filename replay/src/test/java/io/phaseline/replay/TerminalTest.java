package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(Terminal.width("abc é")).isEqualTo(5);
        assertThat(Terminal.width("京都、ひらカタ")).isEqualTo(14);
        assertThat(Terminal.width("한글")).isEqualTo(4);
        assertThat(Terminal.width("😀")).isEqualTo(2);
        assertThat(Terminal.width("e\u0301")).isEqualTo(1);
        assertThat(Terminal.width("…─│")).isEqualTo(3);
    }
}
