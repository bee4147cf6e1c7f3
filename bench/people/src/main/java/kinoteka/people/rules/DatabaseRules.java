package kinoteka.people.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The rules of {@code rules.sql}, in which each query finds what breaks the rule that is named above it.
 *
 * @param address as {@code psql} has it: {@code postgresql://user:password@host:port/database}
 */
public record DatabaseRules(URI address) {

    private static final Pattern QUERY = Pattern.compile("^-- rule: (.+)\\R([^;]+);", Pattern.MULTILINE);
    private static final int ROWS_SHOWN = 10;

    /** A rule and the query for what breaks it. */
    record Rule(String name, String query) {}

    /** Fails where the database cannot be asked. */
    public void requireReachable() throws SQLException {
        connect().close();
    }

    /** What each rule finds in one snapshot of the database. */
    public List<Finding> findings() throws SQLException, IOException {
        try (var database = connect()) {
            database.setReadOnly(true);
            database.setAutoCommit(false);
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var findings = new ArrayList<Finding>();
            for (var rule : rules()) {
                findings.add(new Finding("database", rule.name(), Finding.ALL, broken(database, rule)));
            }
            return findings;
        }
    }

    static List<Rule> rules() throws IOException {
        try (var file = DatabaseRules.class.getResourceAsStream("/rules.sql")) {
            if (file == null) {
                throw new IllegalStateException("rules.sql: missing (expected: in this jar)");
            }
            return QUERY.matcher(new String(file.readAllBytes(), UTF_8))
                    .results()
                    .map(found -> new Rule(found.group(1), found.group(2)))
                    .toList();
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        var user = address.getUserInfo() == null ? "kinoteka" : address.getUserInfo();
        var colon = user.indexOf(':');
        properties.setProperty("user", colon < 0 ? user : user.substring(0, colon));
        if (colon >= 0) {
            properties.setProperty("password", user.substring(colon + 1));
        }
        var port = address.getPort() < 0 ? 5432 : address.getPort();
        var query = address.getQuery() == null ? "" : "?" + address.getQuery();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.getHost() + ":" + port + address.getPath() + query, properties);
    }

    private static List<String> broken(Connection database, Rule rule) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.setMaxRows(ROWS_SHOWN);
            var rows = statement.executeQuery(rule.query());
            var broken = new ArrayList<String>();
            while (rows.next()) {
                var cells = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    cells.add(rows.getMetaData().getColumnLabel(column) + " " + rows.getString(column));
                }
                broken.add(String.join(", ", cells));
            }
            return broken;
        }
    }
}
