package kinoteka.catalog;

import kinoteka.catalog.security.Public;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What gateways ask to find out where a catalogue is. It says nothing of the database: where that is away for one catalogue
 * it is for all, and clients should hear it from one of them.
 */
@RestController
class Ping {

    private final ApplicationAvailability availability;

    Ping(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Public
    @GetMapping(path = "/ping", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> answer() {
        var isReady = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        return ResponseEntity.status(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(isReady ? "pong" : "not ready");
    }
}
