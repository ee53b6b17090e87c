package io.phaseline.benchmarks.contender;

import com.alibaba.fastjson2.JSON;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.runtime.Settings;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The libraries, each the way its manual says is fast. */
final class Binders {
    private Binders() {}

    record Jackson<T>(ObjectReader reader) implements Binder<T> {
        static <T> Jackson<T> of(Class<T> type) {
            JsonMapper mapper = JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
            return new Jackson<>(mapper.readerFor(type));
        }

        @Override
        public T bind(byte[] bytes, int offset, int length) throws IOException {
            return reader.readValue(bytes, offset, length);
        }

        @Override
        public T bind(String text) throws IOException {
            return reader.readValue(text);
        }
    }

    record Fastjson<T>(Class<T> type) implements Binder<T> {
        @Override
        public T bind(byte[] bytes, int offset, int length) {
            return JSON.parseObject(bytes, offset, length, StandardCharsets.UTF_8, type);
        }

        @Override
        public T bind(String text) {
            return JSON.parseObject(text, type);
        }
    }

    /** With converters made by its annotation processor. */
    static final class Dsl<T> implements Binder<T> {
        private final JsonReader<Object> reader;
        private final JsonReader.ReadObject<T> converter;
        private byte[] scratch = new byte[1 << 12];

        Dsl(Class<T> type) {
            DslJson<Object> json = new DslJson<>(Settings.withRuntime().includeServiceLoader());
            this.reader = json.newReader();
            this.converter = Objects.requireNonNull(json.tryFindReader(type), "no converter");
        }

        @Override
        public T bind(byte[] bytes, int offset, int length) throws IOException {
            if (length > scratch.length) {
                scratch = new byte[2 * length];
            }
            // Its reader takes a payload from the start of an array only.
            System.arraycopy(bytes, offset, scratch, 0, length);
            return read(scratch, length);
        }

        @Override
        public T bind(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return read(bytes, bytes.length);
        }

        private T read(byte[] bytes, int length) throws IOException {
            reader.process(bytes, length);
            reader.getNextToken();
            return Objects.requireNonNull(converter.read(reader), "null");
        }
    }

    record GoogleGson<T>(TypeAdapter<T> adapter) implements Binder<T> {
        static <T> GoogleGson<T> of(Class<T> type) {
            return new GoogleGson<>(new Gson().getAdapter(type));
        }

        @Override
        public T bind(byte[] bytes, int offset, int length) throws IOException {
            return bind(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public T bind(String text) throws IOException {
            return adapter.fromJson(text);
        }
    }
}
