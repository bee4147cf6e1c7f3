package kinoteka.people.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A line chart over time as SVG.
 *
 * @param unit of the vertical axis
 * @param duration length of the horizontal axis, which starts at 0
 * @param isLogarithmic whether the vertical axis is logarithmic (base 10) and not linear
 * @param lines in the order of the legend
 */
record LineChart(String title, String unit, Duration duration, boolean isLogarithmic, List<Line> lines) {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 210;
    private static final int LEFT = 44;
    private static final int RIGHT = 12;
    private static final int TOP = 44;
    private static final int BOTTOM = 24;

    /**
     * A line of the chart.
     *
     * @param style the CSS class
     * @param values at equal intervals over the duration; {@code NaN} interrupts the line
     */
    record Line(String name, String style, List<Double> values) {}

    /** Returns the SVG element. */
    @Override
    public String toString() {
        var gridValues = gridValues();
        var grid = gridValues.stream()
                .map(value -> "<path class=\"grid\" d=\"M%d %sH%d\"/><text x=\"%d\" y=\"%s\" class=\"end\">%s</text>"
                        .formatted(
                                LEFT,
                                y(value, gridValues),
                                WIDTH - RIGHT,
                                LEFT - 6,
                                y(value, gridValues),
                                label(value)))
                .collect(Collectors.joining());
        var seconds = duration.toNanos() / 1e9;
        var times = IntStream.rangeClosed(0, 4)
                .mapToObj(quarter -> "<text x=\"%s\" y=\"%d\" class=\"%s\">%s</text>"
                        .formatted(
                                number(LEFT + (WIDTH - LEFT - RIGHT) * quarter / 4.0),
                                HEIGHT - 6,
                                quarter == 0 ? "start" : quarter == 4 ? "end" : "middle",
                                minutesAndSeconds(seconds * quarter / 4)))
                .collect(Collectors.joining());
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><text x=\"0\" y=\"13\" class=\"title\">%s</text>"
                        .formatted(WIDTH, HEIGHT, title, title)
                + legend() + grid + times
                + lines.stream()
                        .map(line ->
                                "<path class=\"line %s\" d=\"%s\"/>".formatted(line.style(), path(line, gridValues)))
                        .collect(Collectors.joining())
                + "</svg>";
    }

    private String legend() {
        var parts = new StringBuilder();
        var x = WIDTH - RIGHT;
        for (var line : lines.reversed()) {
            x -= 10 + 7 * line.name().length();
            parts.append("<path class=\"line %s\" d=\"M%d 9h12\"/><text x=\"%d\" y=\"13\">%s</text>"
                    .formatted(line.style(), x - 16, x, line.name()));
            x -= 24;
        }
        return parts + "<text x=\"0\" y=\"26\">%s</text>".formatted(unit);
    }

    /** Returns the values of the horizontal grid lines in ascending order. The first and last are the ends of the axis. */
    private List<Double> gridValues() {
        var max = values().max().orElse(1);
        var min = values().filter(value -> value > 0).min().orElse(1);
        var gridValues = new ArrayList<Double>();
        if (isLogarithmic) {
            for (var value = Math.pow(10, Math.floor(Math.log10(min))); ; value *= 10) {
                gridValues.add(value);
                if (value >= max && gridValues.size() > 1) {
                    return gridValues;
                }
            }
        }
        var step = Math.pow(10, Math.floor(Math.log10(Math.max(max, 1e-3))));
        step = max / step <= 2 ? step / 2 : max / step <= 5 ? step : step * 2;
        for (var value = 0.0; gridValues.isEmpty() || gridValues.getLast() < max; value += step) {
            gridValues.add(value);
        }
        return gridValues;
    }

    private DoubleStream values() {
        return lines.stream()
                .flatMapToDouble(line -> line.values().stream().mapToDouble(Double::doubleValue))
                .filter(value -> !Double.isNaN(value));
    }

    private String path(Line line, List<Double> gridValues) {
        var path = new StringBuilder();
        var values = line.values();
        var isDrawing = false;
        for (int index = 0; index < values.size(); index++) {
            if (Double.isNaN(values.get(index))) {
                isDrawing = false;
                continue;
            }
            var x = LEFT + (WIDTH - LEFT - RIGHT) * (index + 0.5) / values.size();
            path.append(isDrawing ? 'L' : 'M').append(number(x)).append(' ').append(y(values.get(index), gridValues));
            isDrawing = true;
        }
        return path.toString();
    }

    private String y(double value, List<Double> gridValues) {
        var bottom = scaled(gridValues.getFirst());
        var top = scaled(gridValues.getLast());
        var position = (scaled(Math.max(value, gridValues.getFirst())) - bottom) / (top - bottom);
        return number(HEIGHT - BOTTOM - position * (HEIGHT - TOP - BOTTOM));
    }

    private double scaled(double value) {
        return isLogarithmic ? Math.log10(value) : value;
    }

    private static String label(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : number(value);
    }

    private static String minutesAndSeconds(double seconds) {
        return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
