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
 * @param start before every element of the list
 * @param order columns of the order, as the index has them
 * @param position reads a row of these columns
 * @param columns of an element
 * @param element reads a row of these
 * @param source from where, and after which position: a {@code from} and a {@code where} whose parameters are the
 *     components of a position
 */
public record Listing<P extends Record, T>(
        P start,
        String order,
        Function<Readable, P> position,
        String columns,
        Function<Readable, T> element,
        String source) {

    /** Rows asked of the database at a time: enough to keep it busy, few enough to be forgotten soon. */
    private static final int ROWS_PER_FETCH = 500;

    /** As {@link #read(ReplicaDatabase, Page, Filter, ServerWebExchange)}, of all elements. */
    public Flux<T> read(ReplicaDatabase database, Page page, ServerWebExchange exchange) {
        return read(database, page, Filter.NONE, exchange);
    }

    /** As {@link #read(ReplicaDatabase, Page, Filter, ServerWebExchange)}, of what belongs to a thing that must exist. */
    public Flux<T> read(ReplicaDatabase database, Page page, Filter filter, Parent parent, ServerWebExchange exchange) {
        return read(database, page, filter, exchange).switchIfEmpty(parent.requireExists(database));
    }

    /**
     * Reads a page. Where another one follows, its address is among the headers before the first element is out: both are
     * read from one snapshot, so that nothing is shown twice or left out between the two pages.
     */
    public Flux<T> read(ReplicaDatabase database, Page page, Filter filter, ServerWebExchange exchange) {
        return Flux.defer(() -> {
            var cursors = cursors();
            var after = page.after() == null ? start : read(cursors, page.after());
            return database.snapshot().execute(transaction -> lastOf(page, after, filter, database)
                    .doOnNext(last -> linkNext(exchange, cursors.write(last)))
                    .thenMany(Flux.defer(() -> elements(page, after, filter, database))));
        });
    }

    /** Selects only what an index of the list's order holds. */
    String positions(Filter filter) {
        return statement(order, filter);
    }

    /** Selects the elements in the same order. */
    String elements(Filter filter) {
        return statement(columns, filter);
    }

    private String statement(String selected, Filter filter) {
        return "select " + selected + source + filter.sql() + " order by " + order + " limit :limit offset :offset";
    }

    /** The position of the page's last element, if there is one behind it. */
    private Mono<P> lastOf(Page page, P after, Filter filter, ReplicaDatabase database) {
        return database.client()
                .sql(positions(filter))
                .bindProperties(after)
                .bindValues(filter.values())
                .bind("limit", 2)
                .bind("offset", page.limit() - 1)
                .map(position)
                .all()
                .collectList()
                .filter(found -> found.size() == 2)
                .map(List::getFirst);
    }

    private Flux<T> elements(Page page, P after, Filter filter, ReplicaDatabase database) {
        return database.client()
                .sql(elements(filter))
                .filter(statement -> statement.fetchSize(ROWS_PER_FETCH))
                .bindProperties(after)
                .bindValues(filter.values())
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
                .orElseThrow(() -> Problem.PARAMETER_INVALID.exception(
                        "The cursor is not one that this list gave out.",
                        List.of(new InvalidField("after", Page.CURSOR_EXPECTED))));
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
