package kinoteka.catalog.listing;

import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.function.Function;
import kinoteka.catalog.database.ReplicaDatabase;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A list in an order that an index holds, so that a page deep in it costs what the first one does. Elements come from a
 * database cursor as fast as the client takes them.
 *
 * <p>Both statements begin after the position whose components they name as parameters, and take {@code :limit} and
 * {@code :offset}.
 *
 * @param start before every element of the list
 * @param positions selects only what an index of the list's order holds
 * @param position reads a row of {@code positions}
 * @param elements selects the elements in the same order
 * @param element reads a row of {@code elements}
 */
public record Listing<P extends Record, T>(
        P start, String positions, Function<Readable, P> position, String elements, Function<Readable, T> element) {

    /** Rows asked of the database at a time: enough to keep it busy, few enough to be forgotten soon. */
    private static final int ROWS_PER_FETCH = 500;

    /**
     * Reads a page. Where another one follows, its address is among the headers before the first element is out: both are
     * read from one snapshot, so that nothing is shown twice or left out between the two pages.
     */
    public Flux<T> read(ReplicaDatabase database, Page page, ServerWebExchange exchange) {
        return Flux.defer(() -> {
            var cursors = cursors();
            var after = page.after() == null ? start : read(cursors, page.after());
            return database.snapshot().execute(transaction -> lastOf(page, after, database)
                    .doOnNext(last -> linkNext(exchange, cursors.write(last)))
                    .thenMany(Flux.defer(() -> elements(page, after, database))));
        });
    }

    /** The position of the page's last element, if there is one behind it. */
    private Mono<P> lastOf(Page page, P after, ReplicaDatabase database) {
        return database.client()
                .sql(positions)
                .bindProperties(after)
                .bind("limit", 2)
                .bind("offset", page.limit() - 1)
                .map(position)
                .all()
                .collectList()
                .filter(found -> found.size() == 2)
                .map(List::getFirst);
    }

    private Flux<T> elements(Page page, P after, ReplicaDatabase database) {
        return database.client()
                .sql(elements)
                .filter(statement -> statement.fetchSize(ROWS_PER_FETCH))
                .bindProperties(after)
                .bind("limit", page.limit())
                .bind("offset", 0)
                .map(element)
                .all();
    }

    @SuppressWarnings("unchecked") // getClass() of a P
    private Cursors<P> cursors() {
        return new Cursors<>((Class<P>) start.getClass());
    }

    private static <P extends Record> P read(Cursors<P> cursors, String cursor) {
        return cursors.read(cursor)
                .orElseThrow(() -> Problem.PARAMETER_INVALID.because(
                        "The cursor is not one that this list gave out.",
                        List.of(new InvalidField("after", "expected: the cursor of a next link of this list"))));
    }

    private static void linkNext(ServerWebExchange exchange, String cursor) {
        var next = UriComponentsBuilder.fromUri(exchange.getRequest().getURI())
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam("after", cursor)
                .build(true);
        exchange.getResponse().getHeaders().add(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
    }
}
