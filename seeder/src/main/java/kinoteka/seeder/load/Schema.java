package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;

/** What there is to fill: the schema may be of any version. */
final class Schema {

    private final Connection connection;

    Schema(Connection connection) {
        this.connection = connection;
    }

    boolean has(String table) throws SQLException {
        return has(table, "%");
    }

    boolean has(String table, String column) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, connection.getSchema(), table, column)) {
            return columns.next();
        }
    }
}
