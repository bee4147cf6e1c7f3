package kinoteka.catalog.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The body of an error response (RFC 9457, section 3.1), with two extension members.
 *
 * @param type stable name of the type of problem, a relative URI reference
 * @param title short summary of the type of problem
 * @param status the status code of the response
 * @param detail explains this occurrence of the problem
 * @param instance path of the request
 * @param traceId trace of the request (W3C Trace Context); name it when you report the problem
 * @param errors the fields or parameters that are not valid; absent if none is
 */
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String traceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InvalidField> errors) {}
