package kinoteka.catalog.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does what a client asks for under an {@code Idempotency-Key} once, and gives the same answer again for a day
 * (draft-ietf-httpapi-idempotency-key-header). The key is noted in the transaction that does the work: of two requests at the
 * same moment the second waits for the first.
 */
@Component
public class IdempotentRequests {

    private final PrimaryDatabase database;
    private final JsonMapper json;

    IdempotentRequests(PrimaryDatabase database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * The answer of this work, or of the request that came with the same key before.
     *
     * @param key null where the client sent none: then the work is just done, in a transaction
     * @param caller whose key it is
     * @param request all that the work depends on; another one under the same key is refused
     */
    public <T extends Record> Mono<T> execute(
            @Nullable String key, String caller, Record request, Class<T> answer, Mono<T> work) {
        if (key == null) {
            return work.as(database.transaction()::transactional);
        }
        var fingerprint = fingerprint(request);
        return note(key, caller, fingerprint)
                .flatMap(isNew -> isNew
                        ? work.flatMap(done -> remember(key, caller, done))
                        : recall(key, caller, fingerprint, answer))
                .as(database.transaction()::transactional);
    }

    /** False where the key is known. A new key takes at most two outdated ones away, so that they do not pile up. */
    private Mono<Boolean> note(String key, String caller, ByteBuffer fingerprint) {
        return database.client()
                .sql("""
                        with outdated as (
                          delete from idempotency_keys
                           where (caller, key) in (select caller, key
                                                     from idempotency_keys
                                                    where created_at < now() - interval '1 day'
                                                      and (caller, key) <> (:caller, :key)
                                                    order by created_at
                                                    limit 2
                                                    for update skip locked)
                        )
                        insert into idempotency_keys (caller, key, fingerprint) values (:caller, :key, :fingerprint)
                        on conflict do nothing
                        """)
                .bind("caller", caller)
                .bind("key", key)
                .bind("fingerprint", fingerprint)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private <T extends Record> Mono<T> remember(String key, String caller, T answer) {
        return database.client()
                .sql("update idempotency_keys set answer = :answer where caller = :caller and key = :key")
                .bind("caller", caller)
                .bind("key", key)
                .bind("answer", json.writeValueAsString(answer))
                .then()
                .thenReturn(answer);
    }

    private <T extends Record> Mono<T> recall(String key, String caller, ByteBuffer fingerprint, Class<T> answer) {
        return database.client()
                .sql("""
                        select case when fingerprint = :fingerprint then answer end
                          from idempotency_keys
                         where caller = :caller and key = :key
                        """)
                .bind("caller", caller)
                .bind("key", key)
                .bind("fingerprint", fingerprint)
                .map(row -> Optional.ofNullable(row.get(0, String.class)))
                .one()
                .flatMap(Mono::justOrEmpty)
                .switchIfEmpty(Mono.error(() -> Problem.IDEMPOTENCY_KEY_REUSED.exception(
                        "The Idempotency-Key came with another request before.")))
                .map(written -> json.readValue(written, answer));
    }

    private ByteBuffer fingerprint(Record request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(request.getClass().getName().getBytes(UTF_8));
            return ByteBuffer.wrap(digest.digest(json.writeValueAsBytes(request)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
