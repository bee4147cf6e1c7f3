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

/** Makes requests from the document and compares every answer with it. */
public final class Contract {

    private static final int MOST_WRONG_REQUESTS = 80;
    private static final int TRIES_TO_SUCCEED = 60;
    private static final int PATIENCE_SECONDS = 20;
    private static final int ENOUGH_SUCCESSES = 5;
    private static final String NDJSON = "application/x-ndjson";

    /** Those who see whole lists first; what is taken away comes last. */
    private static final List<String> ORDER = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;
    private final List<String> tokens;
    private final Random random;
    private final Document document;
    private final Values values;
    private final Things things;
    private final Map<String, Integer> triples = new TreeMap<>();
    private final List<String> breaches = new ArrayList<>();
    private final Set<String> neverSucceeded = new TreeSet<>();
    private final Set<String> acceptedExamples = new HashSet<>();
    private int requests;

    /**
     * @param address of the gateway
     * @param tokens in the order in which they are tried
     * @param seed of the chance by which requests are made
     */
    public Contract(String address, List<String> tokens, long seed) throws IOException, InterruptedException {
        this.address = address;
        this.tokens = tokens;
        this.random = new Random(seed);
        var read = new Request("GET", "/openapi.json", Map.of(), null, Request.Outcome.ANY);
        this.document = new Document(
                http.send(read.to(address), BodyHandlers.ofString()).body());
        this.things = new Things(document, random, this::read);
        this.values = new Values(document, random, name -> things.anIdOf("/api/" + name.replaceFirst("_id$", "")));
    }

    /** Asks everything that the document says can be asked. */
    public Contract run() throws IOException, InterruptedException {
        breaches.addAll(document.wrongExamples());
        var operations = document.operations().stream()
                .sorted(Comparator.comparing(operation -> ORDER.indexOf(operation.method())))
                .toList();
        for (var operation : operations) {
            if (operation.isStream()) {
                rejectUnchecked(operation, right(operation, tokens.getFirst()));
            } else {
                doAsShown(operation);
                fulfil(operation).ifPresent(right -> rejectUnchecked(operation, right));
            }
        }
        return this;
    }

    /** Answers that are not as the document says, each with its request. */
    public List<String> breaches() {
        return breaches;
    }

    /** Operations of which no request succeeded. */
    public Set<String> neverSucceeded() {
        return neverSucceeded;
    }

    /** How much was seen. */
    public String summary() {
        return requests + " requests, " + triples.size() + " distinct (path, method, status)\n"
                + triples.entrySet().stream()
                        .map(triple -> "%7d  %s".formatted(triple.getValue(), triple.getKey()))
                        .collect(Collectors.joining("\n"));
    }

    /** The example of a body is accepted as it stands, unless it was already and there can be no second like it. */
    private void doAsShown(Operation operation) throws IOException, InterruptedException {
        var body = operation.body().map(document::resolve).map(schema -> schema.at("/examples/0"));
        if (body.isEmpty()) {
            return;
        }
        var example = body.get().toString();
        var exchanges = new ArrayList<Exchange>();
        for (var token : tokens) {
            exchanges.add(send(operation, right(operation, token).withBody(example)));
        }
        if (exchanges.stream().anyMatch(Exchange::succeeded)) {
            acceptedExamples.add(example);
        } else if (!acceptedExamples.contains(example)
                || exchanges.stream().noneMatch(exchange -> exchange.status() == 409)) {
            breaches.add("the example was expected to be accepted\n    " + exchanges);
        }
    }

    /** Right requests until some have succeeded; returns one of those. */
    private Optional<Request> fulfil(Operation operation) throws IOException, InterruptedException {
        Optional<Request> succeeded = Optional.empty();
        int successes = 0;
        for (int i = 0; i < TRIES_TO_SUCCEED && successes < ENOUGH_SUCCESSES; i++) {
            var request = right(operation, tokens.get(i % tokens.size()));
            var exchange = send(operation, request);
            if (exchange.succeeded()) {
                successes++;
                succeeded = Optional.of(request);
                exchange.answer().headers().firstValue("Location").ifPresent(location -> {
                    if (!things.remember(location)) {
                        breaches.add("Location: " + location + " (expected: a documented path)\n    " + exchange);
                    }
                });
                repeatWithTag(operation, request, exchange);
                repeatAsLines(operation, request);
            }
        }
        if (successes == 0) {
            neverSucceeded.add(operation.toString());
        }
        return succeeded.or(() -> Optional.of(right(operation, tokens.getFirst())));
    }

    /** A read whose tag the client has is a 304; a change under the tag that the client has seen is made. */
    private void repeatWithTag(Operation operation, Request request, Exchange exchange)
            throws IOException, InterruptedException {
        var tag = exchange.answer().headers().firstValue("ETag");
        if (tag.isPresent() && operation.method().equals("GET")) {
            var again = send(operation, request.with("If-None-Match", tag.get()));
            if (again.status() != 304) {
                breaches.add("304 was expected\n    " + again);
            }
        }
    }

    /** What can be read as JSON can be read as NDJSON, and each line is as documented. */
    private void repeatAsLines(Operation operation, Request request) throws IOException, InterruptedException {
        if (operation.method().equals("GET")) {
            var lines = send(operation, request.with("Accept", NDJSON));
            if (!lines.succeeded()
                    || !lines.answer().headers().firstValue("Content-Type").equals(Optional.of(NDJSON))) {
                breaches.add(NDJSON + " was expected\n    " + lines);
            }
        }
    }

    private void rejectUnchecked(Operation operation, Request right) {
        try {
            reject(operation, right);
        } catch (IOException e) {
            breaches.add(right + "\n    " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reject(Operation operation, Request right) throws IOException, InterruptedException {
        var wrong = new ArrayList<>(new Mutations(document).of(operation, right));
        Collections.shuffle(wrong, random);
        for (var request : wrong.subList(0, Math.min(wrong.size(), MOST_WRONG_REQUESTS))) {
            if (operation.isStream() && !request.mustFail()) {
                continue; // it would not end
            }
            var exchange = send(operation, request);
            if (!request.expected().allows(exchange.status())) {
                breaches.add(request.expected() + " was expected\n    " + exchange);
            }
        }
    }

    private Exchange send(Operation operation, Request request) throws IOException, InterruptedException {
        var exchange = new Exchange(operation, request, answer(request));
        requests++;
        triples.merge(operation.path() + " " + operation.method() + " " + exchange.status(), 1, Integer::sum);
        exchange.breaches(document).forEach(breach -> breaches.add(breach + "\n    " + exchange));
        return exchange;
    }

    /** In bounded time, whatever comes: a stream that was expected to be rejected would not end. */
    private HttpResponse<String> answer(Request request) throws IOException, InterruptedException {
        try {
            return http.sendAsync(request.to(address), BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(request + ": " + e, e);
        }
    }

    private JsonNode read(String target) {
        var request = new Request(
                "GET", target, Map.of("Authorization", "Bearer " + tokens.getFirst()), null, Request.Outcome.ANY);
        try {
            return Document.JSON.readTree(answer(request).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Request right(Operation operation, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (operation.described().has("security")) {
            headers.put("Authorization", "Bearer " + token);
        }
        @Nullable
        String body =
                operation.body().map(schema -> values.object(schema).toString()).orElse(null);
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        var target = operation.method().equals("DELETE")
                ? things.made(operation.path()).orElseGet(() -> things.filled(operation.path()))
                : things.filled(operation.path());
        return new Request(operation.method(), target + query(operation), headers, body, Request.Outcome.ANY);
    }

    private String query(Operation operation) {
        var query = operation.parameters("query").stream()
                .filter(parameter -> !parameter.get("name").asString().matches("after|last_event_id"))
                .filter(parameter -> random.nextInt(4) == 0)
                .map(parameter -> parameter.get("name").asString() + "=" + written(parameter))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private String written(JsonNode parameter) {
        var value = values.of(parameter.get("name").asString(), document.resolve(parameter.get("schema")));
        var text = value.isArray() ? value.path(0).asString("") : value.asString();
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
