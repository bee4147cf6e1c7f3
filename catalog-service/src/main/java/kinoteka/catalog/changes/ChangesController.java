package kinoteka.catalog.changes;

import jakarta.validation.constraints.Size;
import java.util.Set;
import kinoteka.catalog.client.Client;
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

/** The stream of changes over HTTP, as server-sent events. */
@RestController
class ChangesController {

    private final Broadcast broadcast;

    ChangesController(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    /**
     * Streams changes of resources as server-sent events, until the client disconnects.
     *
     * @param kind kinds of resources to receive events of; all kinds by default
     * @param header id of the last event that the client has received; browsers send it when they reconnect
     * @param lastEventId the same, for clients that cannot set a header; ignored when the header is present
     */
    @Public
    @GetMapping(path = "/api/changes", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<Flux<ServerSentEvent<String>>> changes(
            @RequestParam(required = false) @Nullable Set<Kind> kind,
            @RequestHeader(name = "Last-Event-ID", required = false) @Size(min = 1) @Nullable String header,
            @RequestParam(name = "last_event_id", required = false) @Nullable String lastEventId,
            HttpMethod method,
            Client client) {
        var kinds = kind == null ? Set.<String>of() : Kind.wireNames(kind);
        var stream = method.equals(HttpMethod.HEAD)
                ? Flux.<ServerSentEvent<String>>empty()
                : broadcast.stream(client, kinds, header == null ? lastEventId : header);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(stream);
    }
}
