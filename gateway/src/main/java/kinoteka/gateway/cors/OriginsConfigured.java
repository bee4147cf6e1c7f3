package kinoteka.gateway.cors;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;

/** Matches if at least one origin is allowed, so that the filter does not exist otherwise. */
class OriginsConfigured extends OnPropertyListCondition {

    OriginsConfigured() {
        super("kinoteka.gateway.cors.allowed-origins", () -> ConditionMessage.forCondition("CORS"));
    }
}
