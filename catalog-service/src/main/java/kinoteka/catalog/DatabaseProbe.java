package kinoteka.catalog;

import java.time.Instant;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.security.Public;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One real round trip to PostgreSQL, for whoever measures or watches the whole way down to it. */
@RestController
class DatabaseProbe {

    private final PrimaryDatabase database;

    DatabaseProbe(PrimaryDatabase database) {
        this.database = database;
    }

    @Public
    @GetMapping("/db_dummy")
    Mono<ResponseEntity<Answer>> ask() {
        return database.client()
                .sql("select clock_timestamp()")
                .mapValue(Instant.class)
                .one()
                .map(now ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Answer(now)));
    }

    /** @param databaseTime the database's own clock */
    record Answer(Instant databaseTime) {}
}
