package io.phaseline.benchmarks.corpus;

/** What the conversation is written in: it decides how many bytes a token is. */
enum Language {
    ENGLISH,
    CHINESE,
    MIXED
}
