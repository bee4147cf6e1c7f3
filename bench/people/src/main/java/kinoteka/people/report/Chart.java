package kinoteka.people.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over time, drawn as SVG.
 *
 * @param unit of the vertical axis
 * @param isLogarithmic whether each line across is ten times the one below
 * @param lines from the top of the legend
 */
record Chart(String title, String unit, Duration lasted, boolean isLogarithmic, List<Line> lines) {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 210;
    private static final int LEFT = 44;
    private static final int RIGHT = 12;
    private static final int TOP = 44;
    private static final int BOTTOM = 24;

    /**
     * One line of it.
     *
     * @param style its class in the page's style sheet
     * @param values at even distances in time; {@code NaN} where there is none
     */
    record Line(String name, String style, List<Double> values) {}

    @Override
    public String toString() {
        var marks = marks();
        var grid = marks.stream()
                .map(mark -> "<path class=\"grid\" d=\"M%d %sH%d\"/><text x=\"%d\" y=\"%s\" class=\"end\">%s</text>"
                        .formatted(LEFT, y(mark, marks), WIDTH - RIGHT, LEFT - 6, y(mark, marks), label(mark)))
                .collect(Collectors.joining());
        var seconds = lasted.toNanos() / 1e9;
        var times = IntStream.rangeClosed(0, 4)
                .mapToObj(quarter -> "<text x=\"%s\" y=\"%d\" class=\"%s\">%s</text>"
                        .formatted(
                                number(LEFT + (WIDTH - LEFT - RIGHT) * quarter / 4.0),
                                HEIGHT - 6,
                                quarter == 0 ? "start" : quarter == 4 ? "end" : "middle",
                                clock(seconds * quarter / 4)))
                .collect(Collectors.joining());
        return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><text x=\"0\" y=\"13\" class=\"title\">%s</text>"
                        .formatted(WIDTH, HEIGHT, title, title)
                + legend() + grid + times
                + lines.stream()
                        .map(line -> "<path class=\"line %s\" d=\"%s\"/>".formatted(line.style(), path(line, marks)))
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

    /** Where lines go across, from the lowest. */
    private List<Double> marks() {
        var most = values().max().orElse(1);
        var least = values().filter(value -> value > 0).min().orElse(1);
        var marks = new ArrayList<Double>();
        if (isLogarithmic) {
            for (var mark = Math.pow(10, Math.floor(Math.log10(least))); ; mark *= 10) {
                marks.add(mark);
                if (mark >= most && marks.size() > 1) {
                    return marks;
                }
            }
        }
        var step = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3))));
        step = most / step <= 2 ? step / 2 : most / step <= 5 ? step : step * 2;
        for (var mark = 0.0; marks.isEmpty() || marks.getLast() < most; mark += step) {
            marks.add(mark);
        }
        return marks;
    }

    private DoubleStream values() {
        return lines.stream()
                .flatMapToDouble(line -> line.values().stream().mapToDouble(Double::doubleValue))
                .filter(value -> !Double.isNaN(value));
    }

    private String path(Line line, List<Double> marks) {
        var path = new StringBuilder();
        var values = line.values();
        var isDrawing = false;
        for (int index = 0; index < values.size(); index++) {
            if (Double.isNaN(values.get(index))) {
                isDrawing = false;
                continue;
            }
            var x = LEFT + (WIDTH - LEFT - RIGHT) * (index + 0.5) / values.size();
            path.append(isDrawing ? 'L' : 'M').append(number(x)).append(' ').append(y(values.get(index), marks));
            isDrawing = true;
        }
        return path.toString();
    }

    private String y(double value, List<Double> marks) {
        var low = scaled(marks.getFirst());
        var high = scaled(marks.getLast());
        var share = (scaled(Math.max(value, marks.getFirst())) - low) / (high - low);
        return number(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM));
    }

    private double scaled(double value) {
        return isLogarithmic ? Math.log10(value) : value;
    }

    private static String label(double mark) {
        return mark == Math.rint(mark) ? String.format(Locale.ROOT, "%.0f", mark) : number(mark);
    }

    private static String clock(double seconds) {
        return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
