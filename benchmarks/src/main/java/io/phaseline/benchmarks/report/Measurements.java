package io.phaseline.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What was measured, found again by the benchmark's name and its parameters. */
final class Measurements {
    /**
     * One row of results: medians over the forks.
     *
     * @param name the benchmark's method, with its class
     * @param params its parameters
     * @param bytesPerSecond how much is read
     * @param framesPerSecond likewise; 0 where there are none
     * @param allocatedPerFrame bytes; of an operation where there are no frames
     */
    record Row(
            String name,
            Map<String, String> params,
            double bytesPerSecond,
            double framesPerSecond,
            double allocatedPerFrame) {
        double gigabytesPerSecond() {
            return bytesPerSecond / 1e9;
        }

        double bytesPerFrame() {
            return bytesPerSecond / framesPerSecond;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    void add(Collection<RunResult> results) {
        results.forEach(result -> add(row(result)));
    }

    void add(Row row) {
        rows.add(row);
    }

    List<Row> rows() {
        return rows;
    }

    private static Row row(RunResult result) {
        Map<String, String> params = new TreeMap<>();
        for (String key : result.getParams().getParamsKeys()) {
            params.put(key, result.getParams().getParam(key));
        }
        String name = result.getParams().getBenchmark();
        int method = name.lastIndexOf('.');
        String simple = name.substring(name.lastIndexOf('.', method - 1) + 1);
        return new Row(
                simple,
                params,
                median(result, fork -> score(fork, "bytes")),
                median(result, fork -> score(fork, "frames")),
                median(result, Measurements::allocated));
    }

    private static double median(RunResult result, ToDoubleFunction<BenchmarkResult> value) {
        double[] forks = result.getBenchmarkResults().stream()
                .mapToDouble(value)
                .sorted()
                .toArray();
        int middle = forks.length / 2;
        return forks.length % 2 == 1
                ? forks[middle]
                : Arrays.stream(forks, middle - 1, middle + 1).sum() / 2;
    }

    private static double allocated(BenchmarkResult fork) {
        double operations = fork.getPrimaryResult().getScore();
        double frames = score(fork, "frames");
        double perOperation = score(fork, "gc.alloc.rate.norm");
        return frames == 0 ? perOperation : perOperation * operations / frames;
    }

    /** Some versions of JMH put a dot before the names of profilers. */
    private static double score(BenchmarkResult fork, String label) {
        for (Map.Entry<String, ? extends Result<?>> entry : secondary(fork).entrySet()) {
            if (entry.getKey().endsWith(label)) {
                return entry.getValue().getScore();
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // JMH declares its results raw.
    private static Map<String, Result<?>> secondary(BenchmarkResult fork) {
        return (Map) fork.getSecondaryResults();
    }

    /** The one row with these parameters: names and values in turn. */
    Row get(String name, String... params) {
        for (Row row : rows) {
            if (row.name().equals(name) && matches(row, params)) {
                return row;
            }
        }
        throw new IllegalArgumentException("not measured: " + name + " " + List.of(params));
    }

    private static boolean matches(Row row, String... params) {
        for (int i = 0; i < params.length; i += 2) {
            if (!params[i + 1].equals(row.params().get(params[i]))) {
                return false;
            }
        }
        return true;
    }
}
