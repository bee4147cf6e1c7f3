package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

class WebExceptionMapperTest {

    private final WebExceptionMapper mapper = new WebExceptionMapper();

    @ParameterizedTest
    @MethodSource
    void mapsAnException(Throwable failure, Problem problem, String detail) {
        assertThat(mapper.map(failure, HttpMethod.GET)).hasValueSatisfying(exception -> {
            assertThat(exception.problem()).isEqualTo(problem);
            assertThat(exception.detail()).isEqualTo(detail);
        });
    }

    static Stream<Arguments> mapsAnException() {
        var json = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON);
        return Stream.of(
                Arguments.of(
                        new MethodNotAllowedException("POST", List.of(HttpMethod.GET)),
                        Problem.METHOD_NOT_ALLOWED,
                        "The resource does not support POST."),
                Arguments.of(
                        new NotAcceptableStatusException(json),
                        Problem.NOT_ACCEPTABLE,
                        "The available formats are: application/json, application/x-ndjson."),
                Arguments.of(
                        new UnsupportedMediaTypeStatusException(MediaType.TEXT_PLAIN, json),
                        Problem.UNSUPPORTED_MEDIA_TYPE,
                        "The supported formats are: application/json, application/x-ndjson."),
                Arguments.of(
                        tooManyTypes(),
                        Problem.PARAMETER_INVALID,
                        "A media type in the headers is not valid, or there are too many."),
                Arguments.of(
                        new ResponseStatusException(HttpStatus.NOT_FOUND),
                        Problem.RESOURCE_NOT_FOUND,
                        "There is no resource at this path."),
                Arguments.of(
                        new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE),
                        Problem.BODY_TOO_LARGE,
                        "The request body is too large."),
                Arguments.of(
                        new DataBufferLimitException("limit"),
                        Problem.BODY_TOO_LARGE,
                        "The request body is too large."),
                Arguments.of(
                        new ResponseStatusException(HttpStatus.GONE),
                        Problem.PARAMETER_INVALID,
                        "The request is not valid."),
                Arguments.of(
                        new AuthenticationServiceException("no keys"),
                        Problem.ISSUER_UNAVAILABLE,
                        "The access token cannot be verified at the moment."),
                Arguments.of(
                        new BadCredentialsException("no"),
                        Problem.TOKEN_INVALID,
                        "The access token is malformed, expired, for another audience, or not signed by a known key."),
                Arguments.of(
                        new ServerWebInputException("body", null, new DecodingException("no JSON")),
                        Problem.BODY_MALFORMED,
                        "The request body is missing or not valid JSON."),
                Arguments.of(
                        new ServerWebInputException("parameter"),
                        Problem.PARAMETER_INVALID,
                        "Parameters are not valid."));
    }

    @Test
    void leavesFaultsOfTheServiceToOthers() {
        assertThat(mapper.map(new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR), HttpMethod.GET))
                .isEmpty();
        assertThat(mapper.map(new IllegalStateException(), HttpMethod.GET)).isEmpty();
    }

    /** As it is thrown for a header {@code Accept} that is too long. */
    private static Throwable tooManyTypes() {
        try {
            MimeTypeUtils.sortBySpecificity(new ArrayList<>(Collections.nCopies(51, MediaType.APPLICATION_JSON)));
            throw new AssertionError("51 types are allowed");
        } catch (RuntimeException e) {
            return e;
        }
    }
}
