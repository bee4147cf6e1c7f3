package kinoteka.gateway.log;

/**
 * The formats of a line. Both consist of visible ASCII characters and spaces only, whatever the values contain, so that a client can
 * neither break a line nor control the terminal of its reader.
 */
enum LineFormat {
    /** {@code name=value}, separated by spaces. A value with other characters than letters, digits and the like is a JSON string. */
    TEXT("", "", "=", " ", "\n"),
    /** A JSON object. */
    JSON("{", "\"", "\":", ",", "}\n");

    private final String begin;
    private final String beforeName;
    private final String afterName;
    private final String separator;
    private final String end;

    LineFormat(String begin, String beforeName, String afterName, String separator, String end) {
        this.begin = begin;
        this.beforeName = beforeName;
        this.afterName = afterName;
        this.separator = separator;
        this.end = end;
    }

    /** Begins a line, which is appended to this text. */
    Line begin(StringBuilder text) {
        text.append(begin);
        return new Line(this, text);
    }

    /** A line to which fields are added. */
    static final class Line {

        private static final String HEXADECIMAL = "0123456789abcdef";

        private final LineFormat format;
        private final StringBuilder text;
        private boolean hasFields;

        private Line(LineFormat format, StringBuilder text) {
            this.format = format;
            this.text = text;
        }

        /** Adds a field with a text. */
        Line add(String name, CharSequence value) {
            addName(name);
            if (format == TEXT && isPlain(value)) {
                text.append(value);
                return this;
            }
            text.append('"');
            for (var i = 0; i < value.length(); i++) {
                addEscaped(value.charAt(i));
            }
            text.append('"');
            return this;
        }

        /** Adds a field with a number. */
        Line add(String name, long value) {
            addName(name);
            text.append(value);
            return this;
        }

        /**
         * Adds a field with a duration in milliseconds and three decimal places.
         *
         * @param nanos not negative
         */
        Line addMillis(String name, long nanos) {
            addName(name);
            var micros = nanos / 1_000;
            var decimals = micros % 1_000;
            text.append(micros / 1_000).append(decimals < 10 ? ".00" : decimals < 100 ? ".0" : ".");
            text.append(decimals);
            return this;
        }

        void end() {
            text.append(format.end);
        }

        private void addName(String name) {
            if (hasFields) {
                text.append(format.separator);
            }
            hasFields = true;
            text.append(format.beforeName).append(name).append(format.afterName);
        }

        private static boolean isPlain(CharSequence value) {
            for (var i = 0; i < value.length(); i++) {
                var c = value.charAt(i);
                if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
                    return false;
                }
            }
            return !value.isEmpty();
        }

        private void addEscaped(char c) {
            if (c >= ' ' && c < 0x7f) {
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c);
                return;
            }
            text.append("\\u");
            for (var shift = 12; shift >= 0; shift -= 4) {
                text.append(HEXADECIMAL.charAt((c >> shift) & 0xf));
            }
        }
    }
}
