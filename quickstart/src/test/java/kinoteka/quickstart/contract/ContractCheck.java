package kinoteka.quickstart.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Generates requests from the document and checks that the responses are those that it describes. */
public final class ContractCheck {

    private static final int MAX_INVALID_REQUESTS = 80;
    private static final int MAX_VALID_REQUESTS = 60;
    private static final int RESPONSE_TIMEOUT_SECONDS = 20;
    private static final int MAX_SUCCESSES = 5;
    private static final String NDJSON = "application/x-ndjson";

    /** Resources are read before they are changed, and deleted last. */
    private static final List<String> METHOD_ORDER = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String baseUri;
    private final List<String> tokens;
    private final Random random;
    private final Document document;
    private final ValueGenerator values;
    private final KnownResources resources;
    private final Map<String, Integer> requestsByStatus = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<String> neverSucceeded = new TreeSet<>();
    private final Set<String> acceptedExamples = new HashSet<>();
    private int requests;

    /**
     * Reads the document.
     *
     * @param baseUri of the gateway
     * @param tokens which requests use in turn
     * @param seed of the random number generator
     */
    public ContractCheck(String baseUri, List<String> tokens, long seed) throws IOException, InterruptedException {
        this.baseUri = baseUri;
        this.tokens = tokens;
        this.random = new Random(seed);
        var read = new Request("GET", "/openapi.json", Map.of(), null, Request.Outcome.ANY);
        this.document = new Document(
                http.send(read.toHttpRequest(baseUri), BodyHandlers.ofString()).body());
        this.resources = new KnownResources(document, random, this::read);
        this.values =
                new ValueGenerator(document, random, name -> resources.pickId("/api/" + name.replaceFirst("_id$", "")));
    }

    /** Sends valid and invalid requests for every operation. */
    public ContractCheck run() throws IOException, InterruptedException {
        violations.addAll(document.findInvalidExamples());
        var operations = document.operations().stream()
                .sorted(Comparator.comparing(operation -> METHOD_ORDER.indexOf(operation.method())))
                .toList();
        for (var operation : operations) {
            if (operation.isStream()) {
                sendInvalidRequests(operation, validRequest(operation, tokens.getFirst()));
            } else {
                sendExample(operation);
                sendInvalidRequests(operation, sendValidRequests(operation));
            }
        }
        return this;
    }

    /** Returns a description of each response that differs from the document, with its request. */
    public List<String> violations() {
        return violations;
    }

    /** Returns the operations of which no request succeeded. */
    public Set<String> neverSucceeded() {
        return neverSucceeded;
    }

    /** Returns the number of requests by path, method and status. */
    public String summary() {
        return requests + " requests, " + requestsByStatus.size() + " distinct (path, method, status)\n"
                + requestsByStatus.entrySet().stream()
                        .map(count -> "%7d  %s".formatted(count.getValue(), count.getKey()))
                        .collect(Collectors.joining("\n"));
    }

    /** Checks that the example of a body is accepted, or rejected with 409 if an earlier request has created the same. */
    private void sendExample(Operation operation) throws IOException, InterruptedException {
        var body = operation.body().map(document::resolve).map(schema -> schema.at("/examples/0"));
        if (body.isEmpty()) {
            return;
        }
        var example = body.get().toString();
        var exchanges = new ArrayList<Exchange>();
        for (var token : tokens) {
            exchanges.add(send(operation, validRequest(operation, token).withBody(example)));
        }
        if (exchanges.stream().anyMatch(Exchange::succeeded)) {
            acceptedExamples.add(example);
        } else if (!acceptedExamples.contains(example)
                || exchanges.stream().noneMatch(exchange -> exchange.status() == 409)) {
            violations.add("the example was expected to be accepted\n    " + exchanges);
        }
    }

    /** Sends valid requests until some have succeeded, and returns one of these; the first if none has succeeded. */
    private Request sendValidRequests(Operation operation) throws IOException, InterruptedException {
        Optional<Request> succeeded = Optional.empty();
        int successes = 0;
        for (int i = 0; i < MAX_VALID_REQUESTS && successes < MAX_SUCCESSES; i++) {
            var request = validRequest(operation, tokens.get(i % tokens.size()));
            var exchange = send(operation, request);
            if (exchange.succeeded()) {
                successes++;
                succeeded = Optional.of(request);
                exchange.response().headers().firstValue("Location").ifPresent(location -> {
                    if (!resources.addCreated(location)) {
                        violations.add("Location: " + location + " (expected: a documented path)\n    " + exchange);
                    }
                });
                repeatWithEntityTag(operation, request, exchange);
                repeatAsNdjson(operation, request);
            }
        }
        if (successes == 0) {
            neverSucceeded.add(operation.toString());
        }
        return succeeded.orElseGet(() -> validRequest(operation, tokens.getFirst()));
    }

    /** Checks that a read with the entity tag of the response gets a 304. */
    private void repeatWithEntityTag(Operation operation, Request request, Exchange exchange)
            throws IOException, InterruptedException {
        var tag = exchange.response().headers().firstValue("ETag");
        if (tag.isPresent() && operation.method().equals("GET")) {
            var again = send(operation, request.with("If-None-Match", tag.get()));
            if (again.status() != 304) {
                violations.add("304 was expected\n    " + again);
            }
        }
    }

    /** Checks that the same can be read as NDJSON. */
    private void repeatAsNdjson(Operation operation, Request request) throws IOException, InterruptedException {
        if (operation.method().equals("GET")) {
            var lines = send(operation, request.with("Accept", NDJSON));
            if (!lines.succeeded()
                    || !lines.response().headers().firstValue("Content-Type").equals(Optional.of(NDJSON))) {
                violations.add(NDJSON + " was expected\n    " + lines);
            }
        }
    }

    /** Sends requests that differ from a valid one and checks that they are rejected. */
    private void sendInvalidRequests(Operation operation, Request valid) {
        try {
            trySendInvalidRequests(operation, valid);
        } catch (IOException e) {
            violations.add(valid + "\n    " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trySendInvalidRequests(Operation operation, Request valid) throws IOException, InterruptedException {
        var invalid = new ArrayList<>(new InvalidRequests(document).derive(operation, valid));
        Collections.shuffle(invalid, random);
        for (var request : invalid.subList(0, Math.min(invalid.size(), MAX_INVALID_REQUESTS))) {
            if (operation.isStream() && !request.mustFail()) {
                continue; // the response would not end
            }
            var exchange = send(operation, request);
            if (!request.expected().allows(exchange.status())) {
                violations.add(request.expected() + " was expected\n    " + exchange);
            }
        }
    }

    private Exchange send(Operation operation, Request request) throws IOException, InterruptedException {
        var exchange = new Exchange(operation, request, receive(request));
        requests++;
        requestsByStatus.merge(operation.path() + " " + operation.method() + " " + exchange.status(), 1, Integer::sum);
        exchange.findViolations(document).forEach(violation -> violations.add(violation + "\n    " + exchange));
        return exchange;
    }

    /** Returns the response within a time limit, because a stream that should be rejected and is not would not end. */
    private HttpResponse<String> receive(Request request) throws IOException, InterruptedException {
        try {
            return http.sendAsync(request.toHttpRequest(baseUri), BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .get(RESPONSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(request + ": " + e, e);
        }
    }

    private JsonNode read(String target) {
        var request = new Request(
                "GET", target, Map.of("Authorization", "Bearer " + tokens.getFirst()), null, Request.Outcome.ANY);
        try {
            return Document.JSON.readTree(receive(request).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Request validRequest(Operation operation, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (operation.description().has("security")) {
            headers.put("Authorization", "Bearer " + token);
        }
        @Nullable
        String body = operation
                .body()
                .map(schema -> values.generateObject(schema).toString())
                .orElse(null);
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        var target = operation.method().equals("DELETE")
                ? resources.takeCreated(operation.path()).orElseGet(() -> resources.fillPath(operation.path()))
                : resources.fillPath(operation.path());
        return new Request(operation.method(), target + query(operation), headers, body, Request.Outcome.ANY);
    }

    private String query(Operation operation) {
        var query = operation.parameters("query").stream()
                .filter(parameter -> !parameter.get("name").asString().matches("after|last_event_id"))
                .filter(parameter -> random.nextInt(4) == 0)
                .map(parameter -> parameter.get("name").asString() + "=" + encodedValue(parameter))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private String encodedValue(JsonNode parameter) {
        var value = values.generate(parameter.get("name").asString(), document.resolve(parameter.get("schema")));
        var text = value.isArray() ? value.path(0).asString("") : value.asString();
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
