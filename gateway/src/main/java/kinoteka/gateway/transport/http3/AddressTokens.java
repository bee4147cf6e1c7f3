package kinoteka.gateway.transport.http3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens of Retry packets, by which a client proves that it receives packets at its address before the gateway keeps anything of its
 * connection (RFC 9000, 8.1.2). A token holds the time, the connection id that the client chose, and a code that only this process can
 * make, over both and the client's address and port. Used by the event loop of the UDP port only.
 */
final class AddressTokens implements QuicTokenHandler {

    private static final Duration VALIDITY = Duration.ofSeconds(10);
    private static final String ALGORITHM = "HmacSHA256";

    /** Bytes of the code: it is guessed with a chance of 2^-128. */
    private static final int CODE = 16;

    private static final int HEADER = Long.BYTES + CODE;

    private final Mac mac;
    private final LongSupplier clock;

    /**
     * Creates tokens.
     *
     * @param secret 32 random bytes
     * @param clock milliseconds since an arbitrary fixed time
     */
    AddressTokens(byte[] secret, LongSupplier clock) {
        this.clock = clock;
        try {
            SecretKey key = new SecretKeySpec(secret, ALGORITHM);
            mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf connectionId, InetSocketAddress client) {
        var time = clock.getAsLong();
        var id = ByteBufUtil.getBytes(connectionId);
        out.writeLong(time).writeBytes(code(time, id, client)).writeBytes(id);
        return true;
    }

    /** Returns where the connection id begins, -1 if the token is not valid: Netty then drops the packet. */
    @Override
    public int validateToken(ByteBuf token, InetSocketAddress client) {
        if (token.readableBytes() <= HEADER || token.readableBytes() > maxTokenLength()) {
            return -1;
        }
        var bytes = ByteBufUtil.getBytes(token);
        var time = ByteBuffer.wrap(bytes).getLong();
        var age = clock.getAsLong() - time;
        var id = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        var code = Arrays.copyOfRange(bytes, Long.BYTES, HEADER);
        var isValid = MessageDigest.isEqual(code, code(time, id, client)) && age >= 0 && age <= VALIDITY.toMillis();
        return isValid ? HEADER : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEADER + Quic.MAX_CONN_ID_LEN;
    }

    private byte[] code(long time, byte[] id, InetSocketAddress client) {
        var address = client.getAddress().getAddress();
        mac.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1)
                .putLong(time)
                .putInt(client.getPort())
                .put((byte) address.length)
                .flip());
        mac.update(address);
        return Arrays.copyOf(mac.doFinal(id), CODE);
    }
}
