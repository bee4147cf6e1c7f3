package kinoteka.people.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The addresses from which requests are sent. Users have addresses of their own, and the library limits what one address may
 * do at the same time. On a Linux machine all of 127.0.0.0/8 is local, so that a library on the same machine sees several.
 */
final class SourceAddresses {

    private static final int COUNT = 16;

    private SourceAddresses() {}

    /** The addresses for connections to this host; an empty one leaves the choice to the operating system. */
    static Stream<Optional<InetAddress>> to(String host) {
        return isThisMachine(host) && System.getProperty("os.name").equals("Linux")
                ? IntStream.rangeClosed(1, COUNT).mapToObj(number -> Optional.of(loopback(number)))
                : Stream.of(Optional.empty());
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the first request will report it
        }
    }

    private static InetAddress loopback(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // four bytes are an address
        }
    }
}
