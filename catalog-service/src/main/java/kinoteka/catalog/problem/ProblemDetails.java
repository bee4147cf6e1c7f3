package kinoteka.catalog.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of a failed request (RFC 9457, section 3.1), with two members of our own.
 *
 * @param type stable address of the kind of problem
 * @param instance path of the request
 * @param traceId the request's trace (W3C Trace Context), to be named when asking for help
 * @param errors what is wrong field by field; absent where no field is to blame
 */
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InvalidField> errors) {}
