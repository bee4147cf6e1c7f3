package kinoteka.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands for a service where only its starting and stopping matters: it answers 200, until it is asked to die. */
public final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            System.out.println(arguments[0] + " of " + System.getenv("SEED_COUNT"));
            System.exit(System.getenv("SEED_COUNT").equals("abc") ? 1 : 0);
        }
        listen("SERVER_PORT");
        listen("MANAGEMENT_SERVER_PORT");
    }

    private static void listen(String variable) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv(variable))), 0);
        server.createContext("/", FakeService::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/die")) {
            System.out.println("dying as asked");
            System.exit(3);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
