package kinoteka.catalog.database.pool;

/** What is known, without asking it, of the server to which a connection leads. */
public interface ServerHealth {

    /** Of a server whose role is known only from when the connection was made. */
    ServerHealth UNKNOWN = new ServerHealth() {
        @Override
        public boolean isUsable() {
            return true;
        }

        @Override
        public boolean isLost() {
            return false;
        }
    };

    /** Whether the server may be asked; asked before a connection is used again. */
    boolean isUsable();

    /** Whether the server does not respond, or must not be believed any more: what is under way on a connection is broken off. */
    boolean isLost();
}
