package kinoteka.image;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;

/** Runs a command while an empty PostgreSQL runs too. */
final class WithPostgres {

    private WithPostgres() {}

    /**
     * The command's exit status. Its environment says where the database is, by the names of the catalogue's settings.
     */
    static int run(List<String> command) throws IOException, InterruptedException {
        try (var postgres =
                EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start()) {
            var process = new ProcessBuilder(command).inheritIO();
            process.environment().put("KINOTEKA_CATALOG_DATABASE_HOSTS", "localhost:" + postgres.getPort());
            process.environment().put("KINOTEKA_CATALOG_DATABASE_NAME", "postgres");
            process.environment().put("KINOTEKA_CATALOG_DATABASE_USERNAME", "postgres");
            return process.start().waitFor();
        }
    }
}
