package kinoteka.catalog.seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The table in which the seeder notes what it has filled, so that running it again adds nothing. */
final class Ledger {

    private final Connection connection;

    Ledger(Connection connection) {
        this.connection = connection;
    }

    void createIfMissing() throws SQLException {
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

    /** How many rows were seeded into this table; empty when it was not seeded yet. */
    OptionalLong rowsOf(String table) throws SQLException {
        try (var query = connection.prepareStatement("select rows from seed_ledger where table_name = ?")) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Belongs into the transaction that filled the table. */
    void note(String table, long rows, long randomSeed) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into seed_ledger (table_name, rows, random_seed) values (?, ?, ?)")) {
            insert.setString(1, table);
            insert.setLong(2, rows);
            insert.setLong(3, randomSeed);
            insert.executeUpdate();
        }
    }
}
