package kinoteka.catalog.disconnect;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.DisconnectedClientHelper;

/** Recognizes the failures of reading from and writing to a connection that the client has closed. */
public final class ClientDisconnect {

    private ClientDisconnect() {}

    /**
     * Whether the client has closed its connection. Failures of other connections look the same: ask only after the failure
     * is known not to be one of the database or of the issuer of tokens.
     */
    public static boolean isCauseOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof SocketException
                    || cause instanceof NativeIoException) {
                return true;
            }
        }
        return DisconnectedClientHelper.isClientDisconnectedException(failure);
    }
}
