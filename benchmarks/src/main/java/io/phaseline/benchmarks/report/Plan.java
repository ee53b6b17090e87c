package io.phaseline.benchmarks.report;

import io.phaseline.benchmarks.InputSizeBenchmark;
import io.phaseline.benchmarks.LimitsBenchmark;
import io.phaseline.benchmarks.ResultsBenchmark;
import io.phaseline.benchmarks.SimilarityBenchmark;
import io.phaseline.benchmarks.ToolInfoGrowthBenchmark;
import io.phaseline.benchmarks.WholeJobBenchmark;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the headline runs: about 100 forks of 5 to 7 seconds. {@code -Dheadline.forks=1} for a glance. */
final class Plan {
    static final String OURS = "phaseline";
    static final String OKHTTP = "okhttp+jackson-streaming";
    static final String JACKSON = "hand+jackson-streaming";

    /** The engineered combinations that the goals name: our hand-written framing, and the best JSON stages that users write. */
    static final List<String> ENGINEERED = List.of(JACKSON, "hand+fastjson2-pojo");

    /** Ours as well, to see how far one can come with a library: quicker on Chat. No goal was set against it. */
    static final String STRONGER = "hand+fastjson2-streaming";

    /** Half seconds. JSON libraries have long methods: measured too early, they look slower than they are. */
    private static final int PEER_WARMUPS = Integer.getInteger("headline.peerWarmups", 10);

    /** Ours are longer still; what is measured is the speed after warm-up. */
    private static final int OUR_WARMUPS = Integer.getInteger("headline.ourWarmups", 16);

    /** So many forks of each, all contenders in turn: a machine may be slow for minutes, and then it is so for all. */
    static final int ROUNDS = Integer.getInteger("headline.forks", 3);

    private Plan() {}

    static List<Options> all() {
        return List.of(
                // An intrinsic is compiled at once.
                run(LimitsBenchmark.class, ".mismatch").warmupIterations(1).build(),
                run(WholeJobBenchmark.class, "")
                        .warmupIterations(PEER_WARMUPS)
                        .param("contender", with(ENGINEERED, STRONGER, OKHTTP))
                        .build(),
                run(WholeJobBenchmark.class, "")
                        .warmupIterations(OUR_WARMUPS)
                        .param("contender", OURS)
                        .build(),
                run(InputSizeBenchmark.class, "")
                        .warmupIterations(OUR_WARMUPS)
                        .param("contender", OURS)
                        .param("input", "16", "frame")
                        .build(),
                run(SimilarityBenchmark.class, "")
                        .warmupIterations(PEER_WARMUPS)
                        .param("contender", with(ENGINEERED, OURS))
                        .param("similarity", "0.0")
                        .build(),
                run(ToolInfoGrowthBenchmark.class, "")
                        .warmupIterations(PEER_WARMUPS)
                        .param("contender", OURS, JACKSON)
                        .param("code", "1024", "65536")
                        .build(),
                run(ResultsBenchmark.class, "")
                        .param("contender", "phaseline-strings")
                        .build());
    }

    private static String[] with(List<String> names, String... more) {
        String[] all = new String[names.size() + more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        for (int i = 0; i < names.size(); i++) {
            all[more.length + i] = names.get(i);
        }
        return all;
    }

    private static ChainedOptionsBuilder run(Class<?> benchmark, String methods) {
        return new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + methods)
                .forks(1)
                .warmupIterations(Integer.getInteger("headline.warmups", 6))
                .warmupTime(TimeValue.milliseconds(Integer.getInteger("headline.millis", 500)))
                .measurementIterations(Integer.getInteger("headline.iterations", 3))
                .measurementTime(TimeValue.milliseconds(Integer.getInteger("headline.millis", 300)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }
}
