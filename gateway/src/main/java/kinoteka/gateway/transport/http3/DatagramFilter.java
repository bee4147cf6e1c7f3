package kinoteka.gateway.transport.http3;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.Quic;

/**
 * Discards datagrams that begin a connection and that no client sends which follows RFC 9000: those of less than 1200 bytes (14.1, 5.2.2),
 * because the response could be larger than they are, and would go to a forged address; and those with the token of a Retry packet, but
 * without its connection id (7.2), for which Netty throws an exception. It responds to neither.
 */
final class DatagramFilter extends ChannelInboundHandlerAdapter {

    private static final int SMALLEST = 1200;
    private static final int LONG_HEADER = 0x80;
    private static final int TYPE = 0x30;

    /** Where the length of the destination's connection id is, behind the first byte and the version. */
    private static final int ID_LENGTH = 1 + Integer.BYTES;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof DatagramPacket packet && !isValid(packet.content())) {
            packet.release();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static boolean isValid(ByteBuf datagram) {
        var start = datagram.readerIndex();
        var length = datagram.readableBytes();
        if (length == 0 || (datagram.getByte(start) & LONG_HEADER) == 0) {
            return length > 0;
        }
        if (length < SMALLEST) {
            return length > ID_LENGTH && isVersion1(datagram, start) && !isInitial(datagram, start);
        }
        return !isVersion1(datagram, start)
                || !isInitial(datagram, start)
                || datagram.getByte(start + ID_LENGTH) == Quic.MAX_CONN_ID_LEN
                || !hasToken(datagram, start + ID_LENGTH);
    }

    private static boolean isVersion1(ByteBuf datagram, int start) {
        return datagram.getInt(start + 1) == 1;
    }

    private static boolean isInitial(ByteBuf datagram, int start) {
        return (datagram.getByte(start) & TYPE) == 0;
    }

    /** Whether the token's length, a variable-length integer behind the two connection ids, is not 0. */
    private static boolean hasToken(ByteBuf datagram, int destinationIdLength) {
        var sourceIdLength = destinationIdLength + 1 + (datagram.getByte(destinationIdLength) & 0xff);
        var tokenLength = sourceIdLength + 1 + (datagram.getByte(sourceIdLength) & 0xff);
        return datagram.getByte(tokenLength) != 0;
    }
}
