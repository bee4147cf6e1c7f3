package kinoteka.people.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The rules of {@code rules.sql}. Each query of that file returns the violations of the rule that the comment above it names.
 *
 * @param uri in the format of {@code psql}: {@code postgresql://user:password@host:port/database}
 */
public record DatabaseRules(URI uri) {

    private static final Pattern QUERY = Pattern.compile("^-- rule: (.+)\\R([^;]+);", Pattern.MULTILINE);
    private static final int MAX_VIOLATIONS_SHOWN = 10;

    /** A rule and the query that returns its violations. */
    record Rule(String name, String query) {}

    /** Fails if no connection to the database can be established. */
    public void requireReachable() throws SQLException {
        connect().close();
    }

    /**
     * Checks all rules in one snapshot of the database. If the database fails, the last result says so, and the other rules
     * are not checked.
     */
    public List<RuleResult> check() {
        var results = new ArrayList<RuleResult>();
        try (var database = connect()) {
            database.setReadOnly(true);
            database.setAutoCommit(false);
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (var rule : readRules()) {
                results.add(result(rule.name(), findViolations(database, rule)));
            }
        } catch (SQLException failure) {
            results.add(result("the database can be queried", List.of(String.valueOf(failure.getMessage()))));
        }
        return results;
    }

    private static RuleResult result(String rule, List<String> violations) {
        return new RuleResult("database", rule, RuleResult.ALL, violations);
    }

    static List<Rule> readRules() {
        try (var script = DatabaseRules.class.getResourceAsStream("/rules.sql")) {
            if (script == null) {
                throw new IllegalStateException("rules.sql: missing (expected: in this jar)");
            }
            return QUERY.matcher(new String(script.readAllBytes(), UTF_8))
                    .results()
                    .map(match -> new Rule(match.group(1), match.group(2)))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        var user = uri.getUserInfo() == null ? "kinoteka" : uri.getUserInfo();
        var colon = user.indexOf(':');
        properties.setProperty("user", colon < 0 ? user : user.substring(0, colon));
        if (colon >= 0) {
            properties.setProperty("password", user.substring(colon + 1));
        }
        var port = uri.getPort() < 0 ? 5432 : uri.getPort();
        var query = uri.getQuery() == null ? "" : "?" + uri.getQuery();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath() + query, properties);
    }

    private static List<String> findViolations(Connection database, Rule rule) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.setMaxRows(MAX_VIOLATIONS_SHOWN);
            var rows = statement.executeQuery(rule.query());
            var violations = new ArrayList<String>();
            while (rows.next()) {
                var cells = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    cells.add(rows.getMetaData().getColumnLabel(column) + " " + rows.getString(column));
                }
                violations.add(String.join(", ", cells));
            }
            return violations;
        }
    }
}
