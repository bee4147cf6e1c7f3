package kinoteka.catalog.idempotency;

import java.nio.ByteBuffer;
import kinoteka.catalog.database.Columns;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.problem.Problem;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Reads and writes idempotency keys, each with the response to its first request, for a day. A key and its response are one row
 * without nullable columns, so that no key without a response can be committed.
 */
@Repository
class IdempotencyKeys {

    private final PrimaryDatabase database;

    IdempotencyKeys(PrimaryDatabase database) {
        this.database = database;
    }

    /**
     * Waits until no other transaction holds this key, then holds it until the current transaction ends. The lock is on a hash: in
     * the rare case that two keys share one, their requests wait for each other.
     */
    Mono<Void> lock(Owned key) {
        return database.client()
                .sql("select pg_advisory_xact_lock(hashtextextended(:key || ' ' || :caller, 0))")
                .bindProperties(key)
                .then();
    }

    /**
     * The response that is stored under this key; empty for a key that is new or older than a day. Fails where the key was used for
     * a request with another fingerprint.
     */
    Mono<StoredResponse> find(Owned key, ByteBuffer fingerprint) {
        return database.client()
                .sql("""
                        select fingerprint = :fingerprint, status, headers, body
                          from idempotency_keys
                         where caller = :caller and key = :key and created_at > now() - interval '1 day'
                        """)
                .bindProperties(key)
                .bind("fingerprint", fingerprint)
                .map(row -> {
                    var columns = new Columns(row);
                    if (!columns.bool()) {
                        throw Problem.IDEMPOTENCY_KEY_REUSED.exception(
                                "The Idempotency-Key was used before, for another request.");
                    }
                    return new StoredResponse(columns.integer(), columns.texts(), columns.required(ByteBuffer.class));
                })
                .one();
    }

    /** Adds a key with its response, or replaces an outdated one. Deletes at most two outdated keys, so that they do not pile up. */
    Mono<Void> add(Owned key, ByteBuffer fingerprint, StoredResponse response) {
        return database.client()
                .sql("""
                        with outdated as (
                          delete from idempotency_keys
                           where (caller, key) in (select caller, key
                                                     from idempotency_keys
                                                    where created_at <= now() - interval '1 day'
                                                      and (caller, key) <> (:caller, :key)
                                                    order by created_at
                                                    limit 2
                                                    for update skip locked)
                        )
                        insert into idempotency_keys (caller, key, fingerprint, status, headers, body)
                        values (:caller, :key, :fingerprint, :status, :headers, :body)
                        on conflict (caller, key) do update
                           set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                               body = excluded.body, created_at = excluded.created_at
                        """)
                .bindProperties(key)
                .bind("fingerprint", fingerprint)
                .bind("status", response.status())
                .bind("headers", response.headers().toArray(String[]::new))
                .bind("body", response.body().duplicate())
                .then();
    }

    /**
     * A key of one caller. Two callers can use the same key; neither sees anything of the other's.
     *
     * @param caller the subject of the token
     * @param key what the client has sent
     */
    record Owned(String caller, String key) {}
}
