package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;

/** The tables and columns that exist, which depend on the version of the schema. */
final class DatabaseSchema {

    private final Connection connection;

    DatabaseSchema(Connection connection) {
        this.connection = connection;
    }

    boolean hasTable(String table) throws SQLException {
        return hasColumn(table, "%");
    }

    boolean hasColumn(String table, String column) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, column)) {
            return columns.next();
        }
    }
}
