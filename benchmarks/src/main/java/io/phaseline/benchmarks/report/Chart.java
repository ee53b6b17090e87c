package io.phaseline.benchmarks.report;

import io.phaseline.event.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The whole job in bars, drawn by XChart. */
final class Chart {
    private Chart() {}

    static void write(Measurements measured, Machine machine, Path file) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(460)
                .title("Whole job, GB/s, logarithmic (" + machine.cpu() + ", commit " + machine.commit() + ")")
                .yAxisTitle("GB/s")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setAvailableSpaceFill(0.85);
        List<String> dialects = Arrays.stream(Dialect.values()).map(Enum::name).toList();
        List<String> contenders = new ArrayList<>(List.of(Plan.OURS));
        contenders.addAll(Plan.ENGINEERED);
        contenders.add(Plan.OKHTTP);
        for (String contender : contenders) {
            chart.addSeries(contender, dialects, speeds(measured, "WholeJobBenchmark.read", dialects, contender));
        }
        chart.addSeries("limit: Arrays.mismatch", dialects, limits(measured, dialects));
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static List<Double> speeds(
            Measurements measured, String benchmark, List<String> dialects, String contender) {
        return dialects.stream()
                .map(dialect -> measured.get(benchmark, "dialect", dialect, "contender", contender)
                        .gigabytesPerSecond())
                .toList();
    }

    private static List<Double> limits(Measurements measured, List<String> dialects) {
        return dialects.stream()
                .map(dialect -> measured.get("LimitsBenchmark.mismatch", "dialect", dialect)
                        .gigabytesPerSecond())
                .toList();
    }
}
