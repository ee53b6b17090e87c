package io.phaseline.benchmarks.report;

import io.phaseline.event.Dialect;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The whole job in bars, drawn by XChart. */
final class Chart {
    private Chart() {}

    static void write(Measurements measured, Machine machine, Path file) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(1000)
                .height(460)
                .title("Whole job, GB/s, logarithmic (" + machine.cpu() + ", commit " + machine.commit() + ")")
                .yAxisTitle("GB/s")
                .build();
        List<String> dialects = Arrays.stream(Dialect.values()).map(Enum::name).toList();
        List<String> contenders = new ArrayList<>(List.of(Plan.OURS));
        contenders.addAll(Plan.ENGINEERED);
        contenders.add(Plan.STRONGER);
        contenders.add(Plan.OKHTTP);
        double slowest = Double.MAX_VALUE;
        for (String contender : contenders) {
            List<Double> speeds = speeds(measured, dialects, contender);
            chart.addSeries(contender, dialects, speeds);
            slowest = Math.min(slowest, Collections.min(speeds));
        }
        chart.addSeries("limit: Arrays.mismatch", dialects, limits(measured, dialects));
        CategoryStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        // Bars begin at zero unless told otherwise, which a logarithm cannot.
        styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(slowest))));
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setAvailableSpaceFill(0.85);
        styler.setChartBackgroundColor(Color.WHITE);
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
        // Letters are drawn as outlines with nine digits each; one will do.
        Files.writeString(file, Files.readString(file).replaceAll("(\\d\\.\\d)\\d+", "$1"));
    }

    private static List<Double> speeds(Measurements measured, List<String> dialects, String contender) {
        return dialects.stream()
                .map(dialect -> measured.get("WholeJobBenchmark.read", "dialect", dialect, "contender", contender)
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
