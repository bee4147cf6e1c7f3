package kinoteka.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands for a service of which only the start and the stop matter: it answers 200, until a request makes it exit. */
public final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
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
