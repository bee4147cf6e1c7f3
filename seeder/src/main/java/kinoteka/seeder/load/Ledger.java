package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The table in which the seeder notes what it has filled, so that running it again adds nothing. */
public final class Ledger {

    private final Connection connection;

    public Ledger(Connection connection) {
        this.connection = connection;
    }

    public void createIfMissing() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set client_min_messages = warning");
            statement.execute("""
                    create table if not exists seed_ledger (
                      table_name  text primary key,
                      rows        bigint not null,
                      random_seed bigint not null,
                      finished_at timestamptz not null default now()
                    )
                    """);
        }
    }

    /** How many rows were seeded in this step; empty when it was not taken yet. */
    public OptionalLong rowsOf(String step) throws SQLException {
        try (var query = connection.prepareStatement("select rows from seed_ledger where table_name = ?")) {
            query.setString(1, step);
            try (var found = query.executeQuery()) {
                return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Belongs into the transaction of the step. */
    void note(String step, long rows, long randomSeed) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into seed_ledger (table_name, rows, random_seed) values (?, ?, ?)")) {
            insert.setString(1, step);
            insert.setLong(2, rows);
            insert.setLong(3, randomSeed);
            insert.executeUpdate();
        }
    }
}
