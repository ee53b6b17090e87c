package io.phaseline.benchmarks.contender;

import java.io.IOException;

/** A JSON library that binds payloads to one class. */
interface Binder<T> {
    T bind(byte[] bytes, int offset, int length) throws IOException;

    T bind(String text) throws IOException;
}
