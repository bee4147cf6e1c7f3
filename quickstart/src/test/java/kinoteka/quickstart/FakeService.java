package kinoteka.quickstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A substitute for a service: prints its process id and responds with 200 until a request makes it exit. */
public final class FakeService {

    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        listen("SERVER_PORT");
        listen("MANAGEMENT_SERVER_PORT");
        System.out.println("process " + ProcessHandle.current().pid());
    }

    private static void listen(String variable) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(System.getenv(variable))), 0);
        server.createContext("/", FakeService::respond);
        server.start();
    }

    private static void respond(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/exit")) {
            System.out.println("exiting as requested");
            System.exit(3);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
