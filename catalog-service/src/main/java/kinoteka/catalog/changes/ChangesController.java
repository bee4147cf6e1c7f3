package kinoteka.catalog.changes;

import java.util.List;
import java.util.Set;
import kinoteka.catalog.security.Public;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Changes over HTTP, as server-sent events. */
@RestController
class ChangesController {

    private final Broadcast broadcast;

    ChangesController(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    /**
     * What is created, changed and deleted, as it happens, until the client leaves.
     *
     * @param kind to hear of; all where there is none
     * @param header what browsers send when they connect again
     * @param lastEventId the same for who cannot set a header; the header is newer where both are there
     */
    @Public
    @GetMapping(path = "/api/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<String>>> changes(
            @RequestParam(required = false) @Nullable List<String> kind,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String header,
            @RequestParam(name = "last_event_id", required = false) @Nullable String lastEventId,
            HttpMethod method) {
        var kinds = kind == null ? Set.<String>of() : Kind.requireKnown(kind);
        var stream = method.equals(HttpMethod.HEAD)
                ? Flux.<ServerSentEvent<String>>empty()
                : broadcast.stream(kinds, header == null ? lastEventId : header);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(stream);
    }
}
