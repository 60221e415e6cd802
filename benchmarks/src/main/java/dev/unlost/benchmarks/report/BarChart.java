package dev.unlost.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bars side by side in groups, as SVG: a bar is as high as the median, and its whisker reaches from the least to the most.
 * Readable on light and on dark ground.
 */
final class BarChart {

    private static final int LEAST_WIDTH = 760;
    private static final int LEAST_GROUP = 120;
    private static final int HEIGHT = 330;
    private static final int LEFT = 70;
    private static final int RIGHT = 10;
    private static final int TOP = 56;
    private static final int BOTTOM = 70;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
    private static final int TICKS = 5;
    private static final int LETTERS_OF_A_LINE = 16;
    private static final double WIDEST_BAR = 60;

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #1f2328 }
              .title { font-size: 14px; font-weight: 600 }
              .grid { stroke: #d1d9e0; stroke-width: 1 }
              .whisker { stroke: #1f2328; stroke-width: 1.5 }
              .s0 { fill: #2f6fde } .s1 { fill: #e08a1e } .s2 { fill: #7d8590 } .s3 { fill: #2da05a }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .grid { stroke: #3d444d }
                .whisker { stroke: #e6edf3 }
                .s0 { fill: #5b93f5 } .s1 { fill: #f0a445 } .s2 { fill: #9198a1 } .s3 { fill: #4cc27a }
              }
            </style>
            """;

    private final String title;
    private final List<String> series;
    private final List<String> groups = new ArrayList<>();
    private final List<List<Optional<Spread>>> values = new ArrayList<>();

    /** @param series the names of the bars of each group, 1 to 4 */
    BarChart(String title, List<String> series) {
        this.title = title;
        this.series = List.copyOf(series);
    }

    /** @param bars one for each of the series; empty where there is none */
    void add(String group, List<Optional<Spread>> bars) {
        if (bars.size() != series.size()) {
            throw new IllegalArgumentException(bars.size() + " bars for " + series.size() + " series");
        }
        groups.add(group);
        values.add(List.copyOf(bars));
    }

    String svg() {
        double most = values.stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .mapToDouble(Spread::max)
                .filter(value -> value > 0)
                .max()
                .orElse(1);
        double step = step(most);
        double top = step * Math.max(1, Math.ceil(most / step));

        int width = Math.max(LEAST_WIDTH, LEFT + RIGHT + LEAST_GROUP * groups.size());
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\">%n"
                        .formatted(width, HEIGHT));
        svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        text(svg, "title", LEFT, 18, "start", title);
        legend(svg);
        for (double tick = 0; tick <= top + step / 2; tick += step) {
            double y = y(tick, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%2$.1f\"/>%n",
                    LEFT,
                    y,
                    width - RIGHT));
            text(svg, "tick", LEFT - 8, y + 4, "end", Numbers.format(tick));
        }
        double room = (width - LEFT - RIGHT) / (double) Math.max(1, groups.size());
        double bar = Math.min(WIDEST_BAR, room * 0.8 / series.size());
        for (int group = 0; group < groups.size(); group++) {
            double middle = LEFT + room * (group + 0.5);
            List<String> lines = lines(groups.get(group));
            for (int line = 0; line < lines.size(); line++) {
                text(svg, "group", middle, HEIGHT - BOTTOM + 18 + 15 * line, "middle", lines.get(line));
            }
            for (int i = 0; i < series.size(); i++) {
                double x = middle + bar * (i - series.size() / 2.0);
                int number = i;
                values.get(group).get(i).ifPresent(spread -> bar(svg, number, x, bar, spread, top));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /** @return the words on lines that are short enough to stand side by side */
    static List<String> lines(String words) {
        List<String> lines = new ArrayList<>();
        for (String word : words.split(" ", -1)) {
            boolean fits = !lines.isEmpty() && lines.getLast().length() + 1 + word.length() <= LETTERS_OF_A_LINE;
            if (fits) {
                lines.add(lines.removeLast() + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        for (int i = 0; i < series.size(); i++) {
            svg.append("<rect class=\"s%d\" x=\"%d\" y=\"30\" width=\"12\" height=\"12\"/>%n".formatted(i, x));
            text(svg, "legend", x + 18, 40, "start", series.get(i));
            x += 40 + 7 * series.get(i).length();
        }
    }

    private static void bar(StringBuilder svg, int number, double x, double width, Spread spread, double top) {
        double y = y(spread.median(), top);
        double middle = x + width / 2;
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>%n",
                number,
                x + 1,
                y,
                width - 2,
                y(0, top) - y,
                Numbers.format(spread)));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"whisker\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%1$.1f\" y2=\"%.1f\"/>%n",
                middle,
                y(spread.min(), top),
                y(spread.max(), top)));
    }

    private static double y(double value, double top) {
        return TOP + PLOT_HEIGHT * (1 - value / top);
    }

    /** @return 1, 2 or 5 times a power of ten, so that there are about {@link #TICKS} steps */
    static double step(double most) {
        double rough = most / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (rough <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static void text(StringBuilder svg, String kind, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
