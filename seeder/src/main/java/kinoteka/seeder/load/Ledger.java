package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The table {@code seed_ledger}, which records the tables that are filled, so that another run does not fill them again. */
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

    /** Returns the number of rows that were seeded, or empty if the table was not seeded. */
    OptionalLong rowsOf(String table) throws SQLException {
        try (var query = connection.prepareStatement("select rows from seed_ledger where table_name = ?")) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                return found.next() ? OptionalLong.of(found.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Records a filled table; called in the transaction that fills it. */
    void record(String table, long rows, long randomSeed) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into seed_ledger (table_name, rows, random_seed) values (?, ?, ?)")) {
            insert.setString(1, table);
            insert.setLong(2, rows);
            insert.setLong(3, randomSeed);
            insert.executeUpdate();
        }
    }
}
