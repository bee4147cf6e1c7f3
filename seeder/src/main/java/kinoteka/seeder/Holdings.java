package kinoteka.seeder;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kinoteka.seeder.library.viewer.Heading;
import kinoteka.seeder.library.viewer.Offer;
import kinoteka.seeder.load.SeedRefused;

/** What is in the library to refer to: an earlier run may have been of another size, and users busy since. */
final class Holdings {

    private static final int ROWS_A_FETCH = 10_000;

    private final Connection connection;

    Holdings(Connection connection) {
        this.connection = connection;
    }

    long[] ids(String table) throws SQLException {
        return ids(table, 1);
    }

    /** Refuses when fewer are left than it takes. */
    long[] ids(String table, int least) throws SQLException {
        LongStream.Builder found = LongStream.builder();
        each("select id from " + table + " order by id", row -> found.add(row.getLong(1)));
        long[] ids = found.build().toArray();
        enough(table, ids.length, least);
        return ids;
    }

    List<Heading> headings() throws SQLException {
        List<Heading> found = new ArrayList<>();
        each(
                "select id, year, title from movies order by id",
                row -> found.add(new Heading(row.getLong(1), row.getInt(2), row.getString(3))));
        enough("movies", found.size(), 1);
        return found;
    }

    List<Offer> offers() throws SQLException {
        List<Offer> found = new ArrayList<>();
        each(
                "select movie_id, cinema_id, (100 * price)::bigint from cinema_offers order by id",
                row -> found.add(new Offer(row.getLong(1), row.getLong(2), row.getLong(3))));
        enough("cinema_offers", found.size(), 1);
        return found;
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, Reader reader) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_A_FETCH);
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static void enough(String table, int rows, int least) {
        if (rows < least) {
            throw new SeedRefused("rows of " + table + " to refer to: " + rows + " (expected: at least " + least
                    + "): seed an empty database");
        }
    }
}
